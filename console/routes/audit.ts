import { createRoute, z } from '@hono/zod-openapi';
import { listAudit } from '../../domain/operating/list-audit.ts';
import { permitted } from '../auth/sign-in.ts';
import type { ConsolePorts } from '../ports.ts';
import { auditSchema, listOf } from '../schemas/campaign.ts';
import { answers, campaignParams, paging, problems, query } from '../schemas/common.ts';
import { router } from './router.ts';

const page = listOf(auditSchema).openapi('AuditPage');

/** `GET /audit`: decisions in the order of their chain, with evidence and hashes. */
export const audit = (ports: ConsolePorts) => {
  const route = createRoute({
    method: 'get',
    path: '/audit',
    summary: "The decisions of one campaign, or of one of its stacks; `*` is the product's own trail",
    middleware: [permitted('read', ports.configuration)],
    request: {
      query: query({
        campaign: z
          .union([campaignParams.shape.id, z.literal('*')])
          .openapi({ param: { name: 'campaign', in: 'query' } }),
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
    responses: { 200: answers(page, 'A page of decisions.'), ...problems },
  });
  return router().openapi(route, async (c) => {
    const { campaign, stack, limit, cursor } = c.req.valid('query');
    const of = { campaignId: campaign, stackId: stack ?? null, limit, cursor: cursor ?? null };
    return c.json(page.parse(await listAudit(ports)(of)), 200);
  });
};
