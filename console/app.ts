import type { OpenAPIHono } from '@hono/zod-openapi';
import { SeenStacks } from '../domain/operating/seen-stacks.ts';
import { answerError } from './answer-error.ts';
import { api } from './api.ts';
import type { NamedMachine } from '../domain/machine/asl.ts';
import { assets } from './assets/assets.ts';
import { signInRoutes } from './auth/browser.ts';
import type { Identify } from './auth/identify.ts';
import type { IdentityProvider } from './auth/provider.ts';
import type { Sessions } from './auth/session.ts';
import type { ConsoleEnv } from './env.ts';
import { noSuchRoute } from './method-not-allowed.ts';
import { askApi } from './pages/ask.ts';
import type { Extras } from './pages/extras.ts';
import { pages } from './pages/pages.ts';
import type { ConsolePorts } from './ports.ts';
import { router } from './routes/router.ts';

/** What the pages need beside the API. */
export interface PagesSettings {
  readonly sessions: Sessions;
  /** Null: the server answers below `/auth` itself. */
  readonly provider: IdentityProvider | null;
  readonly extras: Extras | null;
  /** The machines as they are deployed. */
  readonly machines: () => readonly NamedMachine[];
}

/** What a server gives to the app. */
export interface ConsoleOptions {
  readonly ports: ConsolePorts;
  /** Who asks below `/api`: people, by a token. */
  readonly people: Identify;
  /** Who asks below `/machine`: programs and the command line, by an AWS signature. */
  readonly machines: Identify;
  /** Told of errors that nobody expected; the asker is told nothing of them. */
  readonly onError: (error: Error, path: string) => void;
  /** @default none: there is the API alone */
  readonly pages?: PagesSettings;
  /** @default the version of the API's document */
  readonly version?: string;
}

/** The API, for people below `/api` and for machines below `/machine`: one set of routes; and the pages on it. */
export const createConsole = ({
  ports,
  people,
  machines,
  onError,
  pages: browser,
  version,
}: ConsoleOptions): OpenAPIHono<ConsoleEnv> => {
  const app = router();
  const seen = new SeenStacks();
  app.use('*', async (c, next) => {
    await next();
    if (!c.res.headers.has('cache-control')) c.header('cache-control', 'no-store');
    c.header('x-content-type-options', 'nosniff');
  });
  app.onError(answerError(onError));
  app.notFound(noSuchRoute(app));

  app.route('/api', api(ports, people, seen));
  app.route('/machine', api(ports, machines, seen));
  if (browser) {
    const { sessions, provider, extras, machines } = browser;
    app.route('/', assets());
    if (provider)
      app.route('/', signInRoutes({ provider, sessions, url: () => ports.configuration().console.url, onError }));
    app.route('/', pages({ ports, ask: askApi(ports, seen, onError), sessions, machines, extras, onError }));
  }
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
