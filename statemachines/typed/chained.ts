import type { Chain, IChainable, INextable, State } from 'aws-cdk-lib/aws-stepfunctions';

/** A state of the CDK that can be chained, for wrappers that know the types of what it gives or fails with. */
export class Chained<S extends State & INextable> implements IChainable {
  readonly state: S;

  constructor(state: S) {
    this.state = state;
  }

  get id(): string {
    return this.state.id;
  }

  get startState(): State {
    return this.state;
  }

  get endStates(): INextable[] {
    return this.state.endStates;
  }

  /** Continues with `next`. */
  next(next: IChainable): Chain {
    return this.state.next(next);
  }
}
