import type { AslRetrier, AslState } from './asl.ts';
import type { DataFlow } from './data-flow.ts';
import type { StateContext } from './evaluator.ts';
import type { Flow } from './flow.ts';
import type { Manner } from './history-events.ts';

/** One attempt at a state. */
export interface Visit {
  readonly flow: Flow;
  readonly input: unknown;
  readonly context: StateContext;
  /** The token of this attempt, for a state that waits for one. */
  readonly taskToken: string | undefined;
}

/** What a state leads to; no `next` ends the flow. */
export interface Transition {
  readonly output: unknown;
  readonly next: string | undefined;
}

/** Carries out one attempt; fails with a StatesError, or with Cancelled when the flow is stopped. */
export type Execute = (visit: Visit) => Promise<Transition>;

/** A Catch entry, ready to apply. */
export interface Catcher {
  readonly errorEquals: readonly string[];
  readonly next: string;
  /** Puts `{Error, Cause}` where ResultPath says. */
  readonly data: DataFlow;
}

/** A state, ready to run. */
export interface StateNode {
  readonly name: string;
  readonly type: AslState['Type'];
  readonly manner: Manner;
  readonly retriers: readonly AslRetrier[];
  readonly catchers: readonly Catcher[];
  readonly execute: Execute;
}

/** A machine, branch or item processor, ready to run. */
export interface StateGraph {
  readonly startAt: string;
  readonly timeoutSeconds: number | undefined;
  readonly states: ReadonlyMap<string, StateNode>;
}
