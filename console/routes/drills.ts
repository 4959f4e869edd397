import { createRoute } from '@hono/zod-openapi';
import { startDrill } from '../../domain/drill/start-drill.ts';
import { permitted } from '../auth/sign-in.ts';
import type { ConsolePorts } from '../ports.ts';
import { ProblemError } from '../problem.ts';
import { startedSchema } from '../schemas/campaign.ts';
import { answers, conflict, idempotencyKey, jsonBody, problems } from '../schemas/common.ts';
import { drillBody } from '../schemas/drill.ts';
import { router } from './router.ts';

/** `POST /drills`. */
export const drills = (ports: ConsolePorts) => {
  const create = createRoute({
    method: 'post',
    path: '/drills',
    summary: 'Start a drill on a designated stack',
    description:
      'A campaign that moves one stack of `drill.stacks`, proves it, fails on purpose and ends RESTORED. The same key of the same caller means the same drill.',
    middleware: [permitted('drill', ports.configuration)],
    request: { headers: idempotencyKey, body: jsonBody(drillBody) },
    responses: {
      202: { ...answers(startedSchema, 'The drill runs.'), headers: { location: { schema: { type: 'string' } } } },
      ...problems,
      ...conflict,
      409: { ...conflict[409], description: 'The key was used for another start; `detail` names its campaign.' },
      422: { ...problems[400], description: 'The stack is not designated.' },
    },
  });
  return router().openapi(create, async (c) => {
    const key = c.req.valid('header')['idempotency-key'];
    const answer = await startDrill(ports)({ caller: c.get('caller'), key, input: c.req.valid('json') });
    if ('refused' in answer) throw new ProblemError(422, answer.refused);
    if ('conflict' in answer)
      throw new ProblemError(
        409,
        `idempotency-key was used for another start, campaign ${answer.conflict}: choose another`,
      );
    const status = c.req.path.replace(/\/drills$/, `/campaigns/${answer.campaignId}`);
    return c.json({ ...answer, status }, 202, { location: status });
  });
};
