import { createHash } from 'node:crypto';
import { createRoute } from '@hono/zod-openapi';
import * as z from '../zod.ts';
import { reportFormats } from '../../domain/words.ts';
import { keptReport, reportTypes } from '../../domain/campaign/kept-report.ts';
import { reportStyle } from '../../domain/campaign/report-html.ts';
import { permitted } from '../auth/sign-in.ts';
import type { ConsolePorts } from '../ports.ts';
import { ProblemError } from '../problem.ts';
import { campaignParams, notFound, problems, query } from '../schemas/common.ts';
import { requireCampaign } from './require-campaign.ts';
import { router } from './router.ts';

const format = z
  .enum(reportFormats, `must be one of ${reportFormats.join(', ')}`)
  .default('json')
  .openapi({ description: 'As a page that needs no other file, as text, or as JSON.' });

/** Nothing runs in the page, nothing is loaded for it; its own style is the only one. */
export const reportPolicy = [
  "default-src 'none'",
  `style-src 'sha256-${createHash('sha256').update(reportStyle).digest('base64')}'`,
  "frame-ancestors 'none'",
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');

/** `GET /campaigns/{id}/report`: what was kept at the campaign's end. */
export const report = (ports: ConsolePorts) => {
  const route = createRoute({
    method: 'get',
    path: '/campaigns/{id}/report',
    summary: 'The final report of a campaign that has ended',
    middleware: [permitted('read', ports.configuration)],
    request: { params: campaignParams, query: query({ format }) },
    responses: {
      200: {
        description: 'The report.',
        content: {
          'application/json': { schema: z.looseObject({}).openapi('FinalReport') },
          'text/html': { schema: z.string() },
          'text/plain': { schema: z.string() },
        },
      },
      ...problems,
      ...notFound,
    },
  });
  return router().openapi(route, async (c) => {
    const { id } = c.req.valid('param');
    const { format: wanted } = c.req.valid('query');
    const { outcome } = await requireCampaign(ports, id);
    if (outcome === null)
      throw new ProblemError(404, `Campaign ${id} has not ended: its report is written at its end.`);
    return c.body(await keptReport(ports, id, wanted), 200, {
      'content-type': reportTypes[wanted],
      'content-security-policy': reportPolicy,
    });
  });
};
