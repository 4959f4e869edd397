import { createHash } from 'node:crypto';
import { createRoute } from '@hono/zod-openapi';
import * as z from '../zod.ts';
import { listEvents } from '../../domain/operating/list-events.ts';
import { listStacks } from '../../domain/operating/list-stacks.ts';
import type { SeenStacks } from '../../domain/operating/seen-stacks.ts';
import { viewCampaign } from '../../domain/operating/view-campaign.ts';
import { permitted } from '../auth/sign-in.ts';
import type { ConsolePorts } from '../ports.ts';
import { campaignStatus, eventSchema, listOf, stackSchema } from '../schemas/campaign.ts';
import {
  answers,
  campaignParams,
  notFound,
  paging,
  problems,
  query,
  ringName,
  stackStatus,
} from '../schemas/common.ts';
import { requireCampaign, unknownCampaign } from './require-campaign.ts';
import { router } from './router.ts';

const stackPage = listOf(stackSchema).openapi('StackPage');
const eventPage = listOf(eventSchema)
  .extend({ more: z.boolean().openapi({ description: 'Whether more is there already.' }) })
  .openapi('EventPage');

/** The same for every reader of the same state: the estimate changes with the clock and says nothing new. */
const etagOf = (status: z.infer<typeof campaignStatus>): string =>
  `W/"${createHash('sha256')
    .update(JSON.stringify({ ...status, estimate: null }))
    .digest('base64url')
    .slice(0, 27)}"`;

/**
 * `GET /campaigns/{id}` and what lies below it.
 *
 * @param seen - What readers have seen of campaigns' stacks: a look costs what has changed since the last one.
 */
export const campaign = (ports: ConsolePorts, seen: SeenStacks) => {
  const middleware = [permitted('read', ports.configuration)];
  const request = { params: campaignParams };
  const show = createRoute({
    method: 'get',
    path: '/campaigns/{id}',
    summary: 'One campaign: counts, rings, gates, approvals, causes of failures, estimated end',
    description: 'With `If-None-Match`, a state that is unchanged is answered with 304 and no body.',
    middleware,
    request,
    responses: {
      200: { ...answers(campaignStatus, 'The campaign.'), headers: { etag: { schema: { type: 'string' } } } },
      304: { description: 'Nothing has changed.' },
      ...problems,
      ...notFound,
    },
  });
  const stacks = createRoute({
    method: 'get',
    path: '/campaigns/{id}/stacks',
    summary: 'The stacks of a campaign',
    middleware,
    request: {
      ...request,
      query: query({ ring: ringName.optional(), status: stackStatus.optional(), ...paging }),
    },
    responses: { 200: answers(stackPage, 'A page of stacks.'), ...problems, ...notFound },
  });
  const events = createRoute({
    method: 'get',
    path: '/campaigns/{id}/events',
    summary: 'What happened, by time; go on with `after`',
    middleware,
    request: { ...request, query: query({ after: paging.cursor, limit: paging.limit }) },
    responses: {
      200: answers(eventPage, 'A page of events. `next` goes on from there, also when nothing is new yet.'),
      ...problems,
      ...notFound,
    },
  });
  return router()
    .openapi(show, async (c) => {
      const { id } = c.req.valid('param');
      const view = await viewCampaign(ports, seen)(id);
      if (!view) throw unknownCampaign(id);
      const { campaign: record, ...rest } = view;
      const kept = record.outcome === null ? null : `${c.req.path}/report`;
      const status = campaignStatus.parse({ ...record, ...rest, report: kept });
      const etag = etagOf(status);
      c.header('etag', etag);
      const asked = c.req.header('if-none-match')?.split(/\s*,\s*/) ?? [];
      return asked.includes(etag) ? c.body(null, 304) : c.json(status, 200);
    })
    .openapi(stacks, async (c) => {
      const { id } = c.req.valid('param');
      const { ring, status, limit, cursor } = c.req.valid('query');
      const record = await requireCampaign(ports, id);
      const filter = { ring: ring ?? null, status: status ?? null, limit, cursor: cursor ?? null };
      const { items, next } = await listStacks(ports)(id, filter, () => seen.of(ports, record));
      const shown = items.map((one) => ({ ...one, previousImage: one.previous?.image ?? null }));
      return c.json(stackPage.parse({ items: shown, next }), 200);
    })
    .openapi(events, async (c) => {
      const { id } = c.req.valid('param');
      const { after, limit } = c.req.valid('query');
      await requireCampaign(ports, id);
      return c.json(eventPage.parse(await listEvents(ports)(id, { after: after ?? null, limit })), 200);
    });
};
