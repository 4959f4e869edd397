import type { OpenAPIHono } from '@hono/zod-openapi';
import { bodyLimit } from 'hono/body-limit';
import { createMiddleware } from 'hono/factory';
import type { SeenStacks } from '../domain/operating/seen-stacks.ts';
import { signedIn } from './auth/sign-in.ts';
import type { Identify } from './auth/identify.ts';
import type { ConsoleEnv } from './env.ts';
import { hasRoute } from './method-not-allowed.ts';
import type { ConsolePorts } from './ports.ts';
import { problem } from './problem.ts';
import { audit } from './routes/audit.ts';
import { campaign } from './routes/campaign.ts';
import { campaigns } from './routes/campaigns.ts';
import { decisions } from './routes/decisions.ts';
import { doctor } from './routes/doctor.ts';
import { drills } from './routes/drills.ts';
import { fleet } from './routes/fleet.ts';
import { gates } from './routes/gates.ts';
import { identity } from './routes/identity.ts';
import { plan } from './routes/plan.ts';
import { report } from './routes/report.ts';
import { rollback } from './routes/rollback.ts';
import { router } from './routes/router.ts';

const mostBytes = 16 * 1024;

/** A form of another site can send text and forms with the browser's cookies, but not JSON. */
const jsonOnly = createMiddleware(async (c, next) => {
  const type = c.req.header('content-type') ?? '';
  if (c.req.method === 'POST' && hasRoute(c) && !/^application\/json\s*(;|$)/i.test(type))
    return problem(c, 415, 'send the body as content-type: application/json');
  return next();
});

const tooLarge = bodyLimit({
  maxSize: mostBytes,
  onError: (c) => problem(c, 413, `the body is larger than ${mostBytes} bytes`),
});

/** The routes for one kind of caller. Nothing below is reached without a sign-in. */
export const api = (ports: ConsolePorts, identify: Identify, seen: SeenStacks): OpenAPIHono<ConsoleEnv> => {
  const routes = router();
  routes.use('*', signedIn(identify), tooLarge, jsonOnly);
  routes.route('/', campaign(ports, seen));
  for (const part of [identity, campaigns, drills, report, plan, decisions, rollback, audit, fleet, gates, doctor])
    routes.route('/', part(ports));
  return routes;
};
