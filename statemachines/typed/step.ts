import type { CatchProps, IChainable, INextable, State } from 'aws-cdk-lib/aws-stepfunctions';
import { Chained } from './chained.ts';
import type { CaughtError, StatesError } from './errors.ts';
import { errorField } from './field-name.ts';
import { ref, type Ref } from './references.ts';

/** A state of the CDK that may fail: a task or a map. */
export interface Catchable extends State, INextable {
  addCatch(handler: IChainable, props?: CatchProps): State;
}

/** The error that a Catch wrote into `field`, for the states of its handler. */
export const caughtError = (field: string = errorField): Ref<CaughtError> => ref<CaughtError>(`$.${field}`);

/** A state that can be chained and caught, typed by the errors `E` that it may fail with. */
export class Step<E extends string, S extends Catchable = Catchable> extends Chained<S> {
  /**
   * Goes to `handler` on one of these errors. The state's input is kept and the error is added to it as the field `as`;
   * the state's own result is not there. A handler given as a function gets the reference to that error.
   */
  catch(
    errors: readonly (E | StatesError)[],
    handler: IChainable | ((error: Ref<CaughtError>) => IChainable),
    as: string = errorField,
  ): this {
    if (errors.length === 0) throw new Error(`${this.id}: a Catch without errors catches nothing.`);
    const target = typeof handler === 'function' ? handler(caughtError(as)) : handler;
    this.state.addCatch(target, { errors: [...errors], resultPath: `$.${as}` });
    return this;
  }
}
