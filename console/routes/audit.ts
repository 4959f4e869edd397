import { createRoute } from '@hono/zod-openapi';
import * as z from '../zod.ts';
import { headsKey } from '../../domain/audit/heads.ts';
import { listAudit } from '../../domain/operating/list-audit.ts';
import { listChains } from '../../domain/operating/list-chains.ts';
import { listTimeline } from '../../domain/operating/list-timeline.ts';
import { permitted } from '../auth/sign-in.ts';
import type { ConsolePorts } from '../ports.ts';
import { ProblemError } from '../problem.ts';
import { auditSchema, chainSchema, headsSchema, listOf, timelineSchema } from '../schemas/campaign.ts';
import { answers, campaignParams, notFound, paging, problems, query, wholeNumber } from '../schemas/common.ts';
import { requireCampaign } from './require-campaign.ts';
import { router } from './router.ts';

const page = listOf(auditSchema).openapi('AuditPage');
const chainPage = listOf(chainSchema)
  .extend({ outcome: z.string().nullable().openapi({ description: "As the campaign's record shows it." }) })
  .openapi('AuditChainPage');
const timelinePage = listOf(timelineSchema).openapi('AuditLinkPage');

const everything = '*';
const campaignOrAll = z
  .union([campaignParams.shape.id, z.literal(everything)])
  .openapi({ param: { name: 'campaign', in: 'query' } });
const oneCampaign = campaignParams.shape.id.openapi({ param: { name: 'campaign', in: 'query' } });

/** S3 does not tell "not there" from "not allowed" to somebody who may not list the bucket. */
const isAbsent = (error: unknown): boolean =>
  error instanceof Error && ['NoSuchKey', 'NotFound', 'AccessDenied'].includes(error.name);

/** `GET /audit`: decisions in the order of their chain, with evidence and hashes; and what it takes to verify them. */
export const audit = (ports: ConsolePorts) => {
  const middleware = [permitted('read', ports.configuration)];
  const route = createRoute({
    method: 'get',
    path: '/audit',
    summary: "The decisions of one campaign, or of one of its stacks; `*` is the product's own trail",
    middleware,
    request: {
      query: query({
        campaign: campaignOrAll,
        stack: z
          .string()
          .regex(
            /^arn:aws[\w-]*:cloudformation:[\w-]+:\d{12}:stack\/[\w-]+\/[\w-]+$/,
            'must be the id (ARN) of a stack',
          )
          .optional(),
        ...paging,
      }),
    },
    responses: { 200: answers(page, 'A page of decisions.'), ...problems, ...notFound },
  });
  const chains = createRoute({
    method: 'get',
    path: '/audit/chains',
    summary: "All chains of a campaign, each with its entries and its head: the campaign's own, then its stacks'",
    middleware,
    request: { query: query({ campaign: campaignOrAll, limit: wholeNumber(1, 50, 25), cursor: paging.cursor }) },
    responses: { 200: answers(chainPage, 'A page of chains.'), ...problems, ...notFound },
  });
  const heads = createRoute({
    method: 'get',
    path: '/audit/heads',
    summary: 'The heads of all chains as they were kept at a close, by the hash in the record of that close',
    middleware,
    request: {
      query: query({
        campaign: oneCampaign,
        hash: z.string().regex(/^[0-9a-f]{64}$/, 'must be the hash of the heads: 64 hexadecimal digits'),
      }),
    },
    responses: { 200: answers(headsSchema, 'The heads.'), ...problems, ...notFound },
  });
  const timeline = createRoute({
    method: 'get',
    path: '/audit/timeline',
    summary: 'What is shown of a campaign by time, as links into its chains',
    middleware,
    request: { query: query({ campaign: oneCampaign, ...paging }) },
    responses: { 200: answers(timelinePage, 'A page of links.'), ...problems, ...notFound },
  });
  return router()
    .openapi(route, async (c) => {
      const { campaign, stack, limit, cursor } = c.req.valid('query');
      if (campaign !== everything) await requireCampaign(ports, campaign);
      const of = { campaignId: campaign, stackId: stack ?? null, limit, cursor: cursor ?? null };
      return c.json(page.parse(await listAudit(ports)(of)), 200);
    })
    .openapi(chains, async (c) => {
      const { campaign, limit, cursor } = c.req.valid('query');
      if (campaign !== everything) await requireCampaign(ports, campaign);
      return c.json(chainPage.parse(await listChains(ports)(campaign, { limit, cursor: cursor ?? null })), 200);
    })
    .openapi(heads, async (c) => {
      const { campaign, hash } = c.req.valid('query');
      try {
        return c.json(headsSchema.parse(await ports.planStore.get(headsKey(campaign, hash))), 200);
      } catch (error) {
        if (!isAbsent(error)) throw error;
        throw new ProblemError(404, `campaign ${campaign} has kept no heads with hash ${hash}`);
      }
    })
    .openapi(timeline, async (c) => {
      const { campaign, limit, cursor } = c.req.valid('query');
      await requireCampaign(ports, campaign);
      return c.json(timelinePage.parse(await listTimeline(ports)(campaign, { limit, cursor: cursor ?? null })), 200);
    });
};
