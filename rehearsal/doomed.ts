import { AsyncLocalStorage } from 'node:async_hooks';
import type { Table } from '../domain/ports/table.ts';

const running = new AsyncLocalStorage<Doomed>();

/** What code of a dead invocation meets; nothing that it does any more reaches the world. */
class InvocationOver extends Error {
  override readonly name = 'InvocationOver';
}

/**
 * An invocation that dies before one of its calls: that one and all later ones do not happen. Calls that were on their way
 * arrive, as they would.
 */
export class Doomed {
  readonly #atCall: number;
  readonly #died = Promise.withResolvers<undefined>();
  #calls = 0;

  /** @param atCall - The first call that does not happen, counted from 1. */
  constructor(atCall: number) {
    this.#atCall = atCall;
  }

  /** Runs the handler until its end or its death, whichever comes first. */
  async during(work: () => Promise<unknown>): Promise<unknown> {
    const ended = running.run(this, work);
    // Nobody hears what the code says after the invocation has died.
    return Promise.race([
      ended.catch((error: unknown) => this.#isDead || Promise.reject(error as Error)),
      this.#died.promise,
    ]);
  }

  get #isDead(): boolean {
    return this.#calls >= this.#atCall;
  }

  /** The invocation is about to make a call. */
  calls(): void {
    this.#calls += 1;
    if (!this.#isDead) return;
    this.#died.resolve(undefined);
    throw new InvocationOver('the invocation has died');
  }
}

/** To be told of every call that a handler makes, before it is made. Throws where the invocation has died. */
export const beforeCall = (): void => running.getStore()?.calls();

/** The table, out of reach for dead invocations. */
export const mortalTable = (table: Table): Table => ({
  get: async (...call) => (beforeCall(), table.get(...call)),
  query: async (...call) => (beforeCall(), table.query(...call)),
  put: async (...call) => (beforeCall(), table.put(...call)),
  update: async (...call) => (beforeCall(), table.update(...call)),
  delete: async (...call) => (beforeCall(), table.delete(...call)),
  transact: async (...call) => (beforeCall(), table.transact(...call)),
  putAll: async (...call) => (beforeCall(), table.putAll(...call)),
});
