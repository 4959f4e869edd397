import type { DeployedFunction } from './definitions/deployment.ts';
import type { VirtualClock } from './clock/virtual-clock.ts';
import { Doomed } from './doomed.ts';

type Handler = (event: unknown, context: unknown) => Promise<unknown>;

/** What is to happen to one invocation: nothing, or it dies, after its side effects or before one of its calls. */
export type InvocationFate = { readonly kind: 'crash' | 'timeout'; readonly atCall: number | undefined } | null;

/** What the service tells its owner. */
export interface LambdaObserver {
  /** Before the handler runs; says what becomes of the invocation. */
  invoking(handler: string, payload: unknown): InvocationFate;
  /** A queued invocation has succeeded, or has become a dead letter. */
  settled(): void;
  invoked(handler: string, payload: unknown, milliseconds: number, error: string | null): void;
  /** Runs the handler's own work, to know what happens within it. */
  during?<T>(handler: string, work: () => Promise<T>): Promise<T>;
}

/** The prefix that the deployment gives to the names of its functions. */
const prefix = 'ami-rollout-';
const coldPathMilliseconds = 150;
/** Lambda tries an asynchronous invocation twice more, after one and two minutes. */
const asynchronousRetries = [60_000, 120_000];

class LambdaError extends Error {
  constructor(name: string, message: string) {
    super(message);
    this.name = name;
  }
}

/** Lambda in virtual time: runs the real handlers of `handlers/`, with latency, timeouts and asynchronous retries. */
export class LambdaService {
  readonly #handlers = new Map<string, Handler>();
  readonly #functions: ReadonlyMap<string, DeployedFunction>;
  readonly #observer: LambdaObserver;
  /** Invocations that every retry has failed, as a dead-letter queue would hold them. */
  readonly deadLetters: { readonly handler: string; readonly error: string }[] = [];
  milliseconds = 0;
  invocations = 0;
  #inFlight = 0;
  #queued = 0;

  constructor(functions: readonly DeployedFunction[], observer: LambdaObserver) {
    this.#functions = new Map(functions.map((fn) => [fn.name, fn]));
    this.#observer = observer;
  }

  /** Imports every handler that the deployment names; real time, so the virtual clock must stand still. */
  async load(clock: Pick<VirtualClock, 'hold'>): Promise<void> {
    const release = clock.hold();
    try {
      const { sessions } = await import('../handlers/runtime/connections.ts');
      sessions.forget();
      for (const name of this.#functions.keys()) {
        const module = (await import(`../handlers/${name.slice(prefix.length)}.ts`)) as { handler: Handler };
        this.#handlers.set(name, module.handler);
      }
    } finally {
      release();
    }
  }

  /** Whether an invocation is running, or a queued one is still to be tried again. */
  get isBusy(): boolean {
    return this.#inFlight > 0 || this.#queued > 0;
  }

  /**
   * Runs a function by name or ARN and gives its answer; rejects with the error's Lambda name.
   *
   * @param wire - Lambda gets and gives text: handler and caller share nothing. `copied` says that the caller sees to that
   * itself, for the payload before and the answer after.
   */
  async invoke(nameOrArn: string, payload: unknown, wire: 'text' | 'copied' = 'text'): Promise<unknown> {
    const name = nameOrArn.split(':').at(-1) ?? nameOrArn;
    const handler = this.#handlers.get(name);
    const deployed = this.#functions.get(name);
    if (!handler || !deployed) throw new LambdaError('ResourceNotFoundException', `Function not found: ${nameOrArn}`);
    const short = name.slice(prefix.length);
    const received = wire === 'copied' ? (payload ?? null) : throughText(payload);
    const fate = this.#observer.invoking(short, payload);
    this.#inFlight += 1;
    this.invocations += 1;
    const start = Date.now();
    let failure: string | null = null;
    try {
      await pause(coldPathMilliseconds);
      const context = { functionName: name, awsRequestId: `${name}-${this.invocations}` };
      const doomed = fate?.atCall === undefined ? undefined : new Doomed(fate.atCall);
      const work = () => (doomed ? doomed.during(() => handler(received, context)) : handler(received, context));
      const answer = await this.#withTimeout(deployed, this.#observer.during?.(short, work) ?? work());
      if (fate?.kind === 'crash')
        throw new LambdaError(
          'Runtime.ExitError',
          'RequestId: rehearsal Error: Runtime exited with error: signal: killed',
        );
      if (fate?.kind === 'timeout') {
        await pause(Math.max(0, deployed.timeoutSeconds * 1000 - (Date.now() - start)));
        throw new LambdaError('Sandbox.Timedout', `Task timed out after ${deployed.timeoutSeconds}.00 seconds`);
      }
      return wire === 'copied' ? (answer ?? null) : throughText(answer);
    } catch (error) {
      failure = error instanceof Error ? error.name : 'Error';
      throw error;
    } finally {
      this.#inFlight -= 1;
      const took = Date.now() - start;
      this.milliseconds += took;
      this.#observer.invoked(short, payload, took, failure);
    }
  }

  /** Queues an asynchronous invocation: it is tried three times and then dead-lettered. */
  queue(nameOrArn: string, payload: unknown): void {
    this.#queued += 1;
    void this.#deliver(nameOrArn, payload).finally(() => {
      this.#queued -= 1;
      this.#observer.settled();
    });
  }

  async #deliver(nameOrArn: string, payload: unknown, attempt = 0): Promise<void> {
    try {
      await this.invoke(nameOrArn, payload);
    } catch (error) {
      const delay = asynchronousRetries[attempt];
      if (delay === undefined) {
        this.deadLetters.push({
          handler: nameOrArn.split(':').at(-1)?.slice(prefix.length) ?? '',
          error: String(error),
        });
        return;
      }
      await pause(delay);
      await this.#deliver(nameOrArn, payload, attempt + 1);
    }
  }

  #withTimeout(deployed: DeployedFunction, work: Promise<unknown>): Promise<unknown> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        reject(new LambdaError('Sandbox.Timedout', `Task timed out after ${deployed.timeoutSeconds}.00 seconds`));
      }, deployed.timeoutSeconds * 1000);
      work.then(resolve, reject).finally(() => clearTimeout(timer));
    });
  }
}

const throughText = (value: unknown): unknown => JSON.parse(JSON.stringify(value ?? null));

const pause = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));
