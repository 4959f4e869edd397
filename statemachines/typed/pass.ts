import { Pass } from 'aws-cdk-lib/aws-stepfunctions';
import { Chained } from './chained.ts';
import { fieldName } from './field-name.ts';
import { ref, type Ref, type Resolved } from './references.ts';
import { renderFields } from './render.ts';
import type { Workflow } from './workflow.ts';

/** A Pass state with the reference to the value it sets. */
export class PassedValue<T> extends Chained<Pass> {
  readonly result: Ref<T>;

  constructor(state: Pass, result: Ref<T>) {
    super(state);
    this.result = result;
  }
}

/** Keeps a value, of literals and references, in the field that the id names. */
export const pass = <const S extends object>(workflow: Workflow, id: string, value: S): PassedValue<Resolved<S>> => {
  const field = `$.${fieldName(id)}`;
  const state = new Pass(workflow.scope, id, { parameters: renderFields(value), resultPath: field });
  return new PassedValue(state, ref<Resolved<S>>(field));
};
