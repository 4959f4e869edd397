import { createRoute } from '@hono/zod-openapi';
import * as z from '../zod.ts';
import { listGateUse } from '../../domain/operating/list-gate-use.ts';
import { permitted } from '../auth/sign-in.ts';
import type { ConsolePorts } from '../ports.ts';
import { listOf } from '../schemas/campaign.ts';
import { answers, familyName, paging, problems, query, since } from '../schemas/common.ts';
import { router } from './router.ts';

const gateUse = z
  .object({
    gate: z.string(),
    custom: z.boolean().openapi({ description: "One of the configuration's own gates, which Custom Gates asks." }),
    runs: z.int().openapi({ description: 'How often it has judged; where it was skipped it has not.' }),
    rejections: z.int(),
    medianSeconds: z
      .number()
      .nullable()
      .openapi({ description: 'From being asked to the verdict, a wait for a scan or an answer included.' }),
    lastRejection: z
      .object({
        at: z.string(),
        campaignId: z.string(),
        image: z.string(),
        reason: z.string().openapi({ description: 'The first of its reasons.' }),
        code: z.string().openapi({ description: 'What that reason is, for programs.' }),
      })
      .nullable(),
    skipped: z.record(z.string(), z.int()).openapi({ description: 'How often a category has skipped it.' }),
    seconds: z
      .array(z.number())
      .openapi({ description: 'The duration of each run, the shortest first: with them pages can be put together.' }),
  })
  .openapi('GateUse');

const page = listOf(gateUse)
  .extend({ campaigns: z.int().openapi({ description: 'Campaigns that this page has looked at.' }) })
  .openapi('GateUsePage');

const daysByDefault = 90;

/** `GET /gates`: what each gate has done. */
export const gates = (ports: ConsolePorts) => {
  const route = createRoute({
    method: 'get',
    path: '/gates',
    summary: 'For each gate: runs, rejections, median duration, last rejection, and who skipped it',
    description:
      'A page looks at `limit` campaigns and at no more; gates that no campaign has asked are there with 0 runs. ' +
      'With `next` follow the campaigns before: add the counts, and take the median of all `seconds`.',
    middleware: [permitted('read', ports.configuration)],
    request: {
      query: query({
        family: familyName.optional(),
        since: since
          .optional()
          .openapi({ description: `Campaigns started since then. Default: ${daysByDefault} days ago.` }),
        ...paging,
      }),
    },
    responses: { 200: answers(page, 'What the gates did in a page of campaigns.'), ...problems },
  });
  return router().openapi(route, async (c) => {
    const { family, since: from, limit, cursor } = c.req.valid('query');
    const earliest = new Date(ports.clock.now().getTime() - daysByDefault * 86_400_000).toISOString();
    const filter = { family: family ?? null, since: from ?? earliest, limit, cursor: cursor ?? null };
    return c.json(page.parse(await listGateUse(ports)(filter)), 200);
  });
};
