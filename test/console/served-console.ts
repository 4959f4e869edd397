import { createServer, request as sendRequest } from 'node:http';
import type { AddressInfo } from 'node:net';
import { getRequestListener } from '@hono/node-server';
import { html } from 'hono/html';
import { createLocalJWKSet, exportJWK, generateKeyPair, SignJWT, type CryptoKey } from 'jose';
import { createConsole } from '../../console/app.ts';
import { byBearerToken } from '../../console/auth/bearer-token.ts';
import { byGatewaySignature } from '../../console/auth/gateway.ts';
import { sealer } from '../../console/auth/sealed.ts';
import { SignInFailed } from '../../console/auth/provider.ts';
import { sessions, type Session } from '../../console/auth/session.ts';
import type { ConsolePorts } from '../../console/ports.ts';
import type { Table } from '../../domain/ports/table.ts';
import { accessForPeople, aConfiguration } from '../domain/fakes/configuration.ts';
import { aWorld, type World } from '../domain/fakes/world.ts';

const issuer = 'https://id.example.com';
const oidc = { issuer, audiences: ['ami-rollout'], groupsClaim: 'groups', clientId: null };
const configuration = aConfiguration({
  drill: {
    stacks: [{ name: 'staging-drill', account: '444455556666', region: 'eu-west-1', family: 'al2023-base' }],
    environments: ['staging'],
    maxImageAgeDays: 90,
    schedule: null,
  },
  console: {
    url: null,
    oidc,
    access: { ...accessForPeople, read: { people: ['*'], groups: ['viewers'], principals: [] } },
  },
});

const seals = sealer(
  () => Promise.resolve('a secret of this test'),
  () => new Date(),
);

/** What a request is sent with. */
export interface Sent {
  /** The subject of a good token. @default `oidc|ana`; null: none */
  readonly as?: string | null;
  /** A token of one's own making. */
  readonly bearer?: string;
  /** As JSON, unless it is a text. */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface Answer {
  readonly status: number;
  readonly type: string;
  readonly headers: Headers;
  readonly body: {
    readonly detail?: string;
    readonly message?: string;
    readonly state?: string;
    readonly errors?: readonly { readonly field: string; readonly message: string }[];
  };
}

const writing = ['put', 'update', 'delete', 'transact', 'putAll'] as const;

/** The table, telling of every attempt to write. */
const counted = (table: Table, note: (what: string) => void): Table =>
  new Proxy(table, {
    get: (target, name, receiver) => {
      const method: unknown = Reflect.get(target, name, receiver);
      if (typeof method !== 'function') return method;
      return (...call: unknown[]): unknown => {
        if ((writing as readonly (string | symbol)[]).includes(name)) note(`table.${String(name)}`);
        return Reflect.apply(method, target, call);
      };
    },
  });

/** The API over HTTP on loopback, above a world in memory that can be made anew for each test. */
export class ServedConsole {
  base = '';
  world: World = aWorld();
  /** Whatever has changed something, or tried to. */
  readonly changes: string[] = [];
  readonly errors: Error[] = [];
  /** Every route there is, as the app itself has it. */
  routes: readonly { readonly method: string; readonly path: string }[] = [];
  #listener: ReturnType<typeof getRequestListener> | undefined;
  #key: CryptoKey | undefined;
  #jwks: ReturnType<typeof createLocalJWKSet> | undefined;
  readonly #server = createServer((request, response) => void this.#listener?.(request, response));

  async open(): Promise<void> {
    const pair = await generateKeyPair('ES256');
    this.#key = pair.privateKey;
    this.#jwks = createLocalJWKSet({ keys: [{ ...(await exportJWK(pair.publicKey)), kid: 'key', alg: 'ES256' }] });
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    this.base = `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  close(): Promise<void> {
    return new Promise((resolve) => {
      this.#server.close(() => resolve());
      this.#server.closeAllConnections();
    });
  }

  /** A world without campaigns. */
  renew(): void {
    const world = aWorld();
    this.world = world;
    this.changes.length = 0;
    this.errors.length = 0;
    const note = (what: string): void => void this.changes.push(what);
    const { executions, functions } = world;
    const ports = {
      ...world,
      configuration: () => configuration,
      table: counted(world.table, note),
      executions: {
        ...executions,
        start: (...call: Parameters<typeof executions.start>) => (note('start'), executions.start(...call)),
        stop: (...call: Parameters<typeof executions.stop>) => (note('stop'), executions.stop(...call)),
        succeed: (...call: Parameters<typeof executions.succeed>) => (note('succeed'), executions.succeed(...call)),
      },
      functions: {
        ...functions,
        queue: (...call: Parameters<typeof functions.queue>) => (note('queue'), functions.queue(...call)),
      },
    } as unknown as ConsolePorts;
    const keys = this.#jwks;
    if (keys === undefined) throw new Error('open it first');
    const app = createConsole({
      ports,
      people: byBearerToken({ oidc, keys, now: () => new Date() }),
      machines: byGatewaySignature,
      onError: (error) => this.errors.push(error),
      pages: {
        sessions: sessions(seals, () => []),
        provider: {
          begin: () =>
            Promise.resolve({
              url: new URL(`${issuer}/authorize`),
              login: { state: 'state', nonce: 'nonce', verifier: 'verifier' },
            }),
          finish: () => Promise.reject(new SignInFailed('nobody has come back')),
        },
        machines: () => [],
        extras: {
          welcome: () => html``,
          ofCampaign: () => html``,
          breakStack: () => (note('break'), 'a stack was broken'),
        },
      },
    });
    this.routes = app.routes;
    this.#listener = getRequestListener(app.fetch);
  }

  /** A token as the identity provider gives them, but for what is said otherwise. */
  token(sub: string, over: Readonly<Record<string, unknown>> = {}, signedBy?: CryptoKey): Promise<string> {
    const key = signedBy ?? this.#key;
    if (key === undefined) throw new Error('open it first');
    return new SignJWT({ sub, iss: issuer, aud: 'ami-rollout', exp: Math.floor(Date.now() / 1000) + 600, ...over })
      .setProtectedHeader({ alg: 'ES256', kid: 'key' })
      .sign(key);
  }

  /** The cookie of somebody who has signed in with a browser. */
  async cookie(session: Session): Promise<string> {
    return `ami-rollout-session=${await seals.seal('session', session, 600)}`;
  }

  /** Sends what \`fetch\` would not: any method there is, and headers that a browser sets by itself. */
  send(
    method: string,
    path: string,
    headers: Readonly<Record<string, string>> = {},
    body = '',
  ): Promise<{ readonly status: number; readonly location: string }> {
    return new Promise((resolve, reject) => {
      const length = body === '' ? {} : { 'content-length': String(Buffer.byteLength(body)) };
      const options = { method, headers: { ...headers, ...length }, timeout: 10_000 };
      const request = sendRequest(`${this.base}${path}`, options, (response) => {
        response.resume();
        response.once('end', () =>
          resolve({ status: response.statusCode ?? 0, location: response.headers.location ?? '' }),
        );
      });
      request.once('timeout', () => request.destroy(new Error(`${method} ${path} is not answered`)));
      request.once('error', reject);
      request.end(body);
    });
  }

  async call(method: string, path: string, sent: Sent = {}): Promise<Answer> {
    const { as = 'oidc|ana', body, headers = {} } = sent;
    const bearer = sent.bearer ?? (as === null ? null : await this.token(as));
    const response = await fetch(`${this.base}${path}`, {
      method,
      redirect: 'manual',
      headers: {
        ...(bearer === null ? {} : { authorization: `Bearer ${bearer}` }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    const type = response.headers.get('content-type') ?? '';
    const parsed = (type.includes('json') && text !== '' ? JSON.parse(text) : {}) as Answer['body'];
    return { status: response.status, type, headers: response.headers, body: parsed };
  }
}
