import { createRoute } from '@hono/zod-openapi';
import * as z from '../zod.ts';
import { start } from '../../domain/operating/start.ts';
import { listCampaigns } from '../../domain/operating/list-campaigns.ts';
import { permitted } from '../auth/sign-in.ts';
import type { ConsolePorts } from '../ports.ts';
import { ProblemError } from '../problem.ts';
import { campaignSummary, listOf, startBody, startedSchema } from '../schemas/campaign.ts';
import { answers, conflict, familyName, idempotencyKey, jsonBody, paging, problems, query } from '../schemas/common.ts';
import { router } from './router.ts';

const page = listOf(campaignSummary).openapi('CampaignPage');

/** `GET /campaigns` and `POST /campaigns`. */
export const campaigns = (ports: ConsolePorts) => {
  const list = createRoute({
    method: 'get',
    path: '/campaigns',
    summary: 'List campaigns: those that run first, then the others, the latest start first in both',
    middleware: [permitted('read', ports.configuration)],
    request: {
      query: query({
        state: z.enum(['running', 'ended', 'all'], 'must be running, ended or all').default('all'),
        family: familyName.optional(),
        ...paging,
      }),
    },
    responses: { 200: answers(page, 'A page of campaigns.'), ...problems },
  });
  const create = createRoute({
    method: 'post',
    path: '/campaigns',
    summary: 'Start a campaign, or a dry run',
    description: 'The same key of the same caller means the same campaign: repeating a request starts nothing new.',
    middleware: [permitted('start', ports.configuration)],
    request: {
      headers: idempotencyKey,
      body: jsonBody(startBody),
    },
    responses: {
      202: { ...answers(startedSchema, 'The campaign runs.'), headers: { location: { schema: { type: 'string' } } } },
      ...problems,
      ...conflict,
      409: { ...conflict[409], description: 'The key was used for another start; `detail` names its campaign.' },
    },
  });
  return router()
    .openapi(list, async (c) => {
      const { state, family, limit, cursor } = c.req.valid('query');
      const found = await listCampaigns(ports)({ state, family: family ?? null, limit, cursor: cursor ?? null });
      return c.json(page.parse(found), 200);
    })
    .openapi(create, async (c) => {
      const key = c.req.valid('header')['idempotency-key'];
      const answer = await start(ports)({ caller: c.get('caller'), key, input: c.req.valid('json') });
      if ('conflict' in answer)
        throw new ProblemError(
          409,
          `idempotency-key was used for another start, campaign ${answer.conflict}: choose another`,
        );
      const status = `${c.req.path}/${answer.campaignId}`;
      return c.json({ ...answer, status }, 202, { location: status });
    });
};
