import {
  Choice,
  type Chain,
  type Condition,
  type IChainable,
  type INextable,
  type State,
} from 'aws-cdk-lib/aws-stepfunctions';
import type { Workflow } from './workflow.ts';

/** A Choice that still lacks its last branch. It cannot be chained yet, so the default cannot be forgotten. */
export class OpenChoice {
  readonly #state: Choice;

  constructor(state: Choice) {
    this.#state = state;
  }

  /** Goes to `next` if the condition holds and no earlier one did. */
  when(condition: Condition, next: IChainable): this {
    this.#state.when(condition, next);
    return this;
  }

  /** Goes to `next` if no condition holds. */
  otherwise(next: IChainable): ClosedChoice {
    return new ClosedChoice(this.#state.otherwise(next));
  }

  /** Goes on with what is chained after the Choice, as do all branches that are not ended by then. */
  otherwiseContinue(): Chain {
    return this.#state.afterwards({ includeOtherwise: true });
  }
}

/** A Choice with a branch for every case. */
export class ClosedChoice implements IChainable {
  readonly #state: Choice;

  constructor(state: Choice) {
    this.#state = state;
  }

  get id(): string {
    return this.#state.id;
  }

  get startState(): State {
    return this.#state;
  }

  get endStates(): INextable[] {
    return this.#state.endStates;
  }

  /** The chain whose end is every open end of the branches. */
  afterwards(): Chain {
    return this.#state.afterwards();
  }
}

/** Asks a question about the data: `choice(workflow, 'Dry Run?').when(isTrue(…), report).otherwise(…)`. */
export const choice = (workflow: Workflow, id: string): OpenChoice => new OpenChoice(new Choice(workflow.scope, id));
