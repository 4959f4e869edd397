import { createRoute } from '@hono/zod-openapi';
import * as z from '../zod.ts';
import { examine } from '../../domain/doctor/examine.ts';
import { permitted } from '../auth/sign-in.ts';
import type { ConsolePorts } from '../ports.ts';
import { listOf } from '../schemas/campaign.ts';
import { answers, paging, problems, query } from '../schemas/common.ts';
import { router } from './router.ts';

const page = listOf(
  z
    .object({
      subject: z.string().openapi({ description: 'hub, or a target as account/region.' }),
      check: z.string(),
      state: z.enum(['ok', 'warning', 'missing']),
      says: z.string(),
      mend: z.string().nullable(),
    })
    .openapi('Check'),
).openapi('CheckPage');

/** `GET /doctor`: what campaigns need of the hub and its targets, and what is missing. */
export const doctor = (ports: ConsolePorts) => {
  const route = createRoute({
    method: 'get',
    path: '/doctor',
    summary: 'What campaigns need, as the hub sees it: roles, stacks, tags, SSM parameters, events; one target a page',
    middleware: [permitted('read', ports.configuration)],
    request: { query: query({ cursor: paging.cursor }) },
    responses: { 200: answers(page, 'The checks of one target; those of the hub are on the first page.'), ...problems },
  });
  return router().openapi(route, async (c) =>
    c.json(page.parse(await examine(ports)(c.req.valid('query').cursor ?? null)), 200),
  );
};
