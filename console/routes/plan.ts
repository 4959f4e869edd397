import { createRoute } from '@hono/zod-openapi';
import * as z from '../zod.ts';
import { viewPlan } from '../../domain/operating/view-plan.ts';
import { permitted } from '../auth/sign-in.ts';
import type { ConsolePorts } from '../ports.ts';
import { ProblemError } from '../problem.ts';
import { answers, campaignParams, notFound, problems } from '../schemas/common.ts';
import { router } from './router.ts';

const place = { stackName: z.string(), account: z.string(), region: z.string() };

const planSchema = z
  .object({
    campaignId: z.string(),
    planHash: z.string(),
    rings: z.array(
      z.object({
        ring: z.string(),
        approval: z.string(),
        bakeMinutes: z.int(),
        stacks: z.array(
          z.object({
            ...place,
            stackId: z.string(),
            environment: z.string(),
            mode: z.enum(['parameter', 'ssm']),
            image: z.string(),
            replacement: z
              .string()
              .nullable()
              .openapi({ description: 'null: its template was not read; that is done for the first 60.' }),
          }),
        ),
      }),
    ),
    skipped: z.array(z.object({ ...place, reason: z.string() })),
    minutes: z.int(),
    costUsd: z.number(),
  })
  .openapi('Plan');

/** `GET /campaigns/{id}/plan`. */
export const plan = (ports: ConsolePorts) => {
  const route = createRoute({
    method: 'get',
    path: '/campaigns/{id}/plan',
    summary: 'What the campaign changes, ring by ring, with an estimate of time and cost',
    middleware: [permitted('read', ports.configuration)],
    request: { params: campaignParams },
    responses: { 200: answers(planSchema, 'The plan.'), ...problems, ...notFound },
  });
  return router().openapi(route, async (c) => {
    const { id } = c.req.valid('param');
    const view = await viewPlan(ports)(id);
    if (!view)
      throw new ProblemError(404, `campaign ${id} has no plan: it was refused, is a duplicate, or is not so far yet`);
    return c.json(planSchema.parse(view), 200);
  });
};
