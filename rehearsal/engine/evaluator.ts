import { ExecutionAbortedError, ExecutionError, StateMachine } from 'aws-local-stepfunctions';
import { Cancelled } from './cancellation.ts';
import { withOwnContext } from './interpreter-paths.ts';
import { markJsonToString, usesJsonToString, writeMarked } from './json-to-string.ts';
import { StatesError } from './states-error.ts';

type Definition = ConstructorParameters<typeof StateMachine>[0];
type Value = Parameters<StateMachine['run']>[0];
type RunOptions = NonNullable<Parameters<StateMachine['run']>[1]>;

/** The Context Object (`$$`) as one state sees it. */
export type StateContext = NonNullable<RunOptions['context']>;

/** Errors that the interpreter raises and a Catch may catch; everything else it raises is a States.Runtime. */
const CATCHABLE = new Set(['States.NoChoiceMatched', 'States.ResultPathMatchFailure']);

/**
 * One state, run by aws-local-stepfunctions as a machine of its own.
 *
 * The interpreter evaluates the data of a state (paths, templates, intrinsic functions, conditions, waits). It does not
 * run whole machines, because there it lacks or misses what a rehearsal is about: a stopped execution starts its
 * pending map items and retries all the same, jitter cannot be seeded, `$$.Execution` is rewritten, `$$.State` is
 * absent, a Task times out after 60 seconds, and its log arrives after the fact and keeps all data.
 *
 * Known differences that remain: a wildcard or filter that finds nothing is a States.Runtime here and an empty list in
 * Step Functions; a path over a whole input that is `null`, `false`, `0` or `""` finds nothing; States.Format drops
 * the backslashes of its arguments.
 */
export class Evaluator {
  readonly #state: string;
  readonly #machine: StateMachine;
  readonly #writesJson: boolean;

  /** @param others further states that `state` may go to, each ending the evaluation */
  constructor(name: string, state: object, others: Readonly<Record<string, object>> = {}) {
    this.#state = name;
    this.#writesJson = usesJsonToString(state);
    const own = withOwnContext(this.#writesJson ? markJsonToString(state) : state);
    const definition = { StartAt: name, States: { [name]: own, ...others } };
    this.#machine = new StateMachine(definition as Definition, { validationOptions: { noValidate: true } });
  }

  /** Evaluates the state; `taskResult` is what a state of type Task yields. */
  async evaluate(input: unknown, context: StateContext, taskResult?: unknown): Promise<unknown> {
    return this.start(input, context, taskResult).result;
  }

  /** As `evaluate`, for a state that takes time and may have to be aborted; then `result` rejects with Cancelled. */
  start(input: unknown, context: StateContext, taskResult?: unknown): { result: Promise<unknown>; abort: () => void } {
    const run = this.#machine.run(input as Value, {
      context,
      overrides: { taskResourceLocalHandlers: { [this.#state]: () => taskResult as Value } },
    });
    const result = run.result.catch((error: unknown) => this.#fail(error));
    return { result: this.#writesJson ? result.then(writeMarked) : result, abort: run.abort };
  }

  #fail(error: unknown): never {
    if (error instanceof ExecutionAbortedError) throw new Cancelled();
    const reason = error instanceof ExecutionError ? error.cause : error;
    if (!(reason instanceof Error)) throw new StatesError('States.Runtime', String(reason));
    if (CATCHABLE.has(reason.name)) throw new StatesError(reason.name, reason.message);
    throw new StatesError(
      'States.Runtime',
      `An error occurred while executing the state '${this.#state}'. ${reason.message}`,
    );
  }
}
