import type { OpenAPIHono } from '@hono/zod-openapi';
import { HTTPException } from 'hono/http-exception';
import { InvalidCursor } from '../domain/operating/page.ts';
import { api } from './api.ts';
import type { Identify } from './auth/identify.ts';
import type { ConsoleEnv } from './env.ts';
import type { ConsolePorts } from './ports.ts';
import { problem, ProblemError } from './problem.ts';
import { router } from './routes/router.ts';

/** What a server gives to the app. */
export interface ConsoleOptions {
  readonly ports: ConsolePorts;
  /** Who asks below `/api`: people, by a token. */
  readonly people: Identify;
  /** Who asks below `/machine`: programs and the command line, by an AWS signature. */
  readonly machines: Identify;
  /** Told of errors that nobody expected; the asker is told nothing of them. */
  readonly onError: (error: Error, path: string) => void;
  /** @default the version of the API's document */
  readonly version?: string;
}

const passing = new Set(['Throttled', 'ServiceUnavailable', 'RecordChanged']);

/** The API, for people below `/api` and for machines below `/machine`: one set of routes. */
export const createConsole = ({
  ports,
  people,
  machines,
  onError,
  version,
}: ConsoleOptions): OpenAPIHono<ConsoleEnv> => {
  const app = router();
  app.use('*', async (c, next) => {
    await next();
    c.header('cache-control', 'no-store');
    c.header('x-content-type-options', 'nosniff');
  });
  app.onError((error, c) => {
    if (error instanceof ProblemError) return problem(c, error.status, error.message, error.errors);
    if (error instanceof InvalidCursor)
      return problem(c, 400, error.message, [{ field: 'cursor', message: error.message }]);
    if (error instanceof HTTPException) return problem(c, error.status, error.message);
    if (passing.has(error.name)) {
      c.header('retry-after', '2');
      return problem(c, 503, 'AWS refuses or cannot be reached just now: try again');
    }
    onError(error, c.req.path);
    return problem(c, 500, 'something unexpected went wrong; the log of the console has it');
  });
  app.notFound((c) => problem(c, 404, `there is no ${c.req.method} ${c.req.path}`));

  app.route('/api', api(ports, people));
  app.route('/machine', api(ports, machines));
  app.openAPIRegistry.registerComponent('securitySchemes', 'token', {
    type: 'http',
    scheme: 'bearer',
    bearerFormat: 'JWT',
    description: 'Below /api: a token of the identity provider.',
  });
  app.openAPIRegistry.registerComponent('securitySchemes', 'signature', {
    type: 'apiKey',
    in: 'header',
    name: 'authorization',
    description: 'Below /machine: AWS Signature Version 4 for the service execute-api.',
  });
  app.doc31('/openapi.json', {
    openapi: '3.1.0',
    info: {
      title: 'ami-rollout',
      version: version ?? '1',
      description: 'The same routes for people below /api and for machines below /machine.',
    },
    security: [{ token: [] }, { signature: [] }],
  });
  return app;
};
