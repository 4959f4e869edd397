import { Cancellation } from './cancellation.ts';
import type { StateContext } from './evaluator.ts';
import type { Execution } from './execution.ts';
import { machineName } from './arns.ts';
import { EXECUTION_KEY } from './interpreter-paths.ts';

/** The item of a Map's iteration, as `$$.Map.Item`. */
export interface MapItem {
  readonly Index: number;
  readonly Value: unknown;
}

/** One thread of states in an execution: its main one, a Parallel's branch or an inline Map's iteration. */
export class Flow {
  readonly execution: Execution;
  readonly cancellation: Cancellation;
  readonly item: MapItem | undefined;
  /** The state that the flow is in, for whoever asks why nothing happens. */
  at = '';
  readonly #execution: Record<string, unknown>;

  constructor(execution: Execution, cancellation: Cancellation, item?: MapItem) {
    this.execution = execution;
    this.cancellation = cancellation;
    this.item = item;
    const { executionArn, name, input } = execution.props;
    const StartTime = new Date(execution.startDate).toISOString();
    this.#execution = { Id: executionArn, Name: name, Input: input, StartTime };
  }

  /** A thread beside the others under the same state; stops with `cancellation`. */
  fork(cancellation: Cancellation, item = this.item): Flow {
    return new Flow(this.execution, cancellation, item);
  }

  /** The Context Object of one attempt at a state. */
  context(state: string, enteredTime: string, retryCount: number, taskToken?: string): StateContext {
    const { stateMachineArn } = this.execution.props;
    return {
      [EXECUTION_KEY]: this.#execution,
      StateMachine: { Id: stateMachineArn, Name: machineName(stateMachineArn) },
      State: { Name: state, EnteredTime: enteredTime, RetryCount: retryCount },
      ...(this.item && { Map: { Item: this.item } }),
      ...(taskToken !== undefined && { Task: { Token: taskToken } }),
    };
  }
}
