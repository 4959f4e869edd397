import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { Access } from '../../rehearsal/run/access.ts';
import type { Run } from '../../rehearsal/run/run.ts';

/** The beginning of every task token of the engine; a part of one would be found by it, too. */
const token = 'AQCUAAAAKgAAAAMAAAAA';
/** The key id of a session in a member account, with which its secret and its session token begin as well. */
const credential = /ASIA\d{12}/;

/** Where a secret could come to light. */
export type Place = 'log line' | 'metric' | 'request' | 'answer' | 'error' | 'state data' | 'step' | 'dead letter';

/** Whoever completes a task says its token; Step Functions keeps it to itself. */
const withoutToken = (input: unknown): unknown => ({ ...(input as object), taskToken: null });
const mayComplete = /^SendTask(Success|Failure|Heartbeat)$/;

/**
 * Looks for task tokens and credentials in all that leaves a handler or is kept by Step Functions: with a token anybody
 * who may read a log could approve a ring. The table is none of these places: it is where tokens wait. Nor are a task's
 * `parameters`, by which its function is given the token.
 */
export class SecretSearch {
  /** Where one was found, each place once. */
  readonly found = new Set<string>();
  /** How often was looked. */
  readonly looked = new Map<Place, number>();
  readonly #seen = new WeakSet();

  look(place: Place, of: string, value: unknown): void {
    if (typeof value === 'object' && value !== null) {
      // What one state gives and the next is given is the same object.
      if (this.#seen.has(value)) return;
      this.#seen.add(value);
    }
    this.looked.set(place, (this.looked.get(place) ?? 0) + 1);
    const text = value instanceof Error ? `${value.name} ${value.message}` : JSON.stringify(value ?? null);
    if (text.includes(token)) this.found.add(`${place} of ${of}: a task token`);
    if (credential.test(text)) this.found.add(`${place} of ${of}: a credential`);
  }

  /** Requests to AWS: messages, events, documents, parameters, starts and the causes of stops among them. */
  access(access: Access): void {
    if (access.kind !== 'call') return;
    const { service, operation, input } = access.call;
    const completes = service === 'states' && mayComplete.test(operation);
    this.look('request', `${service}:${operation}`, completes ? withoutToken(input) : input);
  }

  /** The answers of all functions, to states and to requests for pages, and what they fail with. */
  begin({ lambda }: Run): void {
    const invoke = lambda.invoke.bind(lambda);
    lambda.invoke = async (...call) => {
      try {
        const answer = await invoke(...call);
        this.look('answer', call[0], answer);
        return answer;
      } catch (error) {
        this.look('error', call[0], error);
        throw error;
      }
    };
  }

  /** What is left of a run when it is over. */
  end({ lambda }: Run): void {
    for (const letter of lambda.deadLetters) this.look('dead letter', letter.handler, letter);
  }

  /** Listens to logs and metrics while the work is done. */
  async during<T>(work: () => Promise<T>): Promise<T> {
    const line = (message: unknown): void => this.look('log line', (message as { message: string }).message, message);
    const metric = (message: unknown): void => this.look('metric', 'a handler', message);
    subscribe('ami-rollout:log', line);
    subscribe('ami-rollout:metrics', metric);
    try {
      return await work();
    } finally {
      unsubscribe('ami-rollout:log', line);
      unsubscribe('ami-rollout:metrics', metric);
    }
  }
}
