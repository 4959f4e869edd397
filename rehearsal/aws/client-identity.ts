import { accountOfKey, HUB_ACCOUNT } from './accounts.ts';
import { servicePrefix } from './service-names.ts';

/** The parts of an SDK client's configuration that routing needs. */
export interface ClientLike {
  readonly config: {
    readonly serviceId: string;
    readonly region: () => Promise<string>;
    readonly credentials: () => Promise<{ accessKeyId: string }>;
    readonly maxAttempts: () => Promise<number>;
  };
}

/** Who calls, where, and how often it retries. */
export interface ClientIdentity {
  readonly service: string;
  readonly region: string;
  readonly account: string;
  readonly accessKeyId: string;
  readonly maxAttempts: number;
}

interface Heavy {
  config: object;
  initConfig: unknown;
  middlewareStack: unknown;
}

/**
 * Takes from a client what it is made of, once its identity is known: its middleware does not run here, there is a client for
 * each class and target, and each has 20 KB of it. The hub's own clients stay whole, for they may outlive the simulation.
 */
const lighten = (client: ClientLike): void => {
  const heavy = client as unknown as Heavy;
  heavy.config = { serviceId: client.config.serviceId };
  heavy.initConfig = undefined;
  heavy.middlewareStack = undefined;
};

const known = new WeakMap<object, ClientIdentity | Promise<ClientIdentity>>();

const resolve = async (client: ClientLike): Promise<ClientIdentity> => {
  const { serviceId, region, credentials, maxAttempts } = client.config;
  const { accessKeyId } = await credentials();
  return {
    service: servicePrefix(serviceId),
    region: await region(),
    account: accountOfKey(accessKeyId),
    accessKeyId,
    maxAttempts: await maxAttempts(),
  };
};

/**
 * The identity of a client, resolved once: the SDK's providers are asynchronous and slow. A client keeps its account for
 * life, and so does every client we know of; sessions that refresh stay in theirs.
 */
export const clientIdentity = (client: ClientLike): ClientIdentity | Promise<ClientIdentity> => {
  const found = known.get(client);
  if (found !== undefined) return found;
  const pending = resolve(client).then(
    (identity) => {
      known.set(client, identity);
      if (identity.account !== HUB_ACCOUNT) lighten(client);
      return identity;
    },
    (error: unknown) => {
      known.delete(client);
      throw error;
    },
  );
  known.set(client, pending);
  return pending;
};
