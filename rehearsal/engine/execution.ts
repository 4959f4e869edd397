import { Cancellation, Cancelled } from './cancellation.ts';
import type { EngineHost, ExecutionDescription, ExecutionResult, ExecutionStatus } from './engine-host.ts';
import type { StepDetail } from './engine-step.ts';
import { ExecutionStatistics } from './execution-statistics.ts';
import { Flow } from './flow.ts';
import { bytesOf } from './payload.ts';
import { runStates } from './run-states.ts';
import type { EngineServices } from './services.ts';
import type { StateGraph } from './state-graph.ts';
import { StatesError } from './states-error.ts';

/** Who an execution is and what it runs. */
export interface ExecutionProps {
  readonly executionArn: string;
  readonly stateMachineArn: string;
  readonly name: string;
  readonly graph: StateGraph;
  readonly input: unknown;
  /** The execution whose distributed map started this one, and the signal that stops it with the map. */
  readonly parent?: { readonly execution: Execution; readonly cancellation: Cancellation };
}

/** One run of a machine: top-level, or a child of a distributed map. */
export class Execution {
  readonly props: ExecutionProps;
  readonly services: EngineServices;
  readonly statistics = new ExecutionStatistics();
  readonly startDate = Date.now();
  readonly cancellation = new Cancellation();
  /** The threads of states that are running now. */
  readonly flows = new Set<Flow>();
  readonly settled: Promise<ExecutionResult>;
  readonly #settle: (result: ExecutionResult) => void;
  readonly #leaveParent: () => void;
  #stopDate: number | undefined;
  #result: ExecutionResult | undefined;

  constructor(props: ExecutionProps, services: EngineServices) {
    this.props = props;
    this.services = services;
    const { promise, resolve } = Promise.withResolvers<ExecutionResult>();
    this.settled = promise;
    this.#settle = resolve;
    this.#leaveParent = props.parent?.cancellation.onCancel(() => this.stop('ABORTED')) ?? (() => undefined);
  }

  get isMapChild(): boolean {
    return this.props.parent !== undefined;
  }

  get status(): ExecutionStatus {
    return this.#result?.status ?? 'RUNNING';
  }

  /** Begins the run; its first state is entered after the caller has gone on. */
  start(): void {
    if (this.props.parent) this.props.parent.execution.statistics.children.started += 1;
    this.#host.onStatusChange({ ...this.describe(), isMapChild: this.isMapChild });
    this.step({ kind: 'execution-started', isMapChild: this.isMapChild, inputBytes: bytesOf(this.props.input) });
    this.#limitTime(this.props.graph.timeoutSeconds);
    const flow = new Flow(this, this.cancellation);
    void runStates(this.props.graph, this.props.input, flow).then(
      (output) => this.#finish({ status: 'SUCCEEDED', output }),
      (error: unknown) => this.#fail(error),
    );
  }

  /** Ends the run from outside; a function that is running goes on, and nobody hears of its result. */
  stop(status: 'ABORTED' | 'TIMED_OUT', error?: string, cause?: string): void {
    if (this.#result) return;
    this.#finish({ status, ...(error !== undefined && { error }), ...(cause !== undefined && { cause }) });
    this.cancellation.cancel();
  }

  describe(): ExecutionDescription {
    const { executionArn, stateMachineArn, name, input } = this.props;
    return {
      executionArn,
      stateMachineArn,
      name,
      status: 'RUNNING',
      startDate: this.startDate,
      ...(this.#stopDate !== undefined && { stopDate: this.#stopDate }),
      input,
      ...this.#result,
    };
  }

  step(detail: StepDetail, iteration?: number): void {
    const { executionArn } = this.props;
    this.#host.onStep({ at: Date.now(), executionArn, ...(iteration !== undefined && { iteration }), ...detail });
  }

  get #host(): EngineHost {
    return this.services.host;
  }

  #limitTime(seconds: number | undefined): void {
    if (seconds === undefined) return;
    const timer = setTimeout(() => this.stop('TIMED_OUT', 'States.Timeout'), seconds * 1000);
    void this.settled.then(() => clearTimeout(timer));
  }

  #fail(error: unknown): void {
    if (error instanceof Cancelled) return;
    // Anything else would be a mistake in the engine itself; it must be seen, not swallowed.
    const { name, message, stack } = error instanceof Error ? error : new Error(String(error));
    const cause = error instanceof StatesError ? message : (stack ?? message);
    this.#finish({ status: 'FAILED', ...(name !== '' && { error: name }), ...(cause !== '' && { cause }) });
  }

  #finish(result: ExecutionResult): void {
    if (this.#result) return;
    this.#result = result;
    this.#stopDate = Date.now();
    this.#leaveParent();
    this.props.parent?.execution.statistics.addChild(this.statistics, result.status);
    const { status, error } = result;
    const { isMapChild } = this;
    this.step({ kind: 'execution-ended', isMapChild, status, ...(error !== undefined && { error }) });
    this.#host.onStatusChange({ ...this.describe(), isMapChild });
    this.#settle(result);
  }
}
