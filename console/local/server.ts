import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { getRequestListener } from '@hono/node-server';
import { Hono } from 'hono';
import { signInRoutes } from '../auth/browser.ts';
import { identityProvider } from '../auth/provider.ts';
import { sealer } from '../auth/sealed.ts';
import { sessions } from '../auth/session.ts';
import { problem } from '../problem.ts';
import { localAudience } from './configuration.ts';
import { localIssuer } from './issuer.ts';
import { localUsers } from './users.ts';
import { startWorld } from './world.ts';
import type { WorldReady, WorldSettings } from './world-messages.ts';

/** What the local server is started with. */
export interface LocalOptions
  extends Pick<WorldSettings, 'scenario' | 'stacks' | 'speed'>, Partial<Pick<WorldSettings, 'data' | 'fresh'>> {
  /** 0: any free one. */
  readonly port: number;
}

/** A local server that runs. */
export interface LocalServer {
  readonly url: string;
  readonly issuer: string;
  readonly world: WorldReady;
  readonly close: () => Promise<void>;
}

/** The only address it listens on: nobody but this machine reaches it. */
const host = '127.0.0.1';

const listen = (server: Server, port: number): Promise<number> =>
  new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => resolve((server.address() as AddressInfo).port));
  });

const closed = (server: Server): Promise<void> =>
  new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });

/** Starts the console over a rehearsal's world, and an identity provider to sign in at, both on loopback. */
export const startLocal = async ({ port, ...options }: LocalOptions): Promise<LocalServer> => {
  const server = createServer();
  const issuerServer = createServer();
  const url = `http://${host}:${await listen(server, port)}`;
  const issuer = `http://${host}:${await listen(issuerServer, port === 0 ? 0 : port + 1)}`;
  const { handle } = localIssuer(issuer, [`${url}/auth/callback`]);
  issuerServer.on('request', (request, response) => void handle(request, response));
  const close = () => Promise.all([closed(server), closed(issuerServer)]);
  try {
    const keys = (await (await fetch(`${issuer}/jwks`)).json()) as WorldSettings['keys'];
    const secret = crypto.randomUUID();
    const starting = startWorld({ data: null, fresh: false, ...options, issuer, keys, secret });
    // Signing in keeps real time, as the identity provider does.
    const oidc = { issuer, audiences: [localAudience], groupsClaim: 'groups', clientId: localAudience };
    const signIn = signInRoutes({
      provider: identityProvider(() => ({ oidc, clientSecret: () => Promise.resolve('') })),
      sessions: sessions(
        sealer(
          () => Promise.resolve(secret),
          () => new Date(),
        ),
        () => localUsers.flatMap(({ groups }) => groups),
      ),
      url: () => url,
      onError: (error, path) => console.error(`${path}: ${error.stack ?? error.message}`),
    });
    // Whoever comes before the world stands waits for it.
    const front = new Hono();
    // No `Request` can be made with this method: it would never come to the world's thread.
    front.on('TRACE', '*', (c) => {
      c.header('allow', 'GET, HEAD, POST');
      return problem(c, 405, 'nothing here takes TRACE');
    });
    front.all('/auth/*', (c) => signIn.fetch(c.req.raw));
    front.all('*', async (c) => (await starting).fetch(c.req.raw));
    const listener = getRequestListener(front.fetch);
    server.on('request', (request, response) => void listener(request, response));
    const world = await starting;
    return {
      url,
      issuer,
      world: world.ready,
      close: async () => {
        await world.close();
        await close();
      },
    };
  } catch (error) {
    await close();
    throw error;
  }
};
