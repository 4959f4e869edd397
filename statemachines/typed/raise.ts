import { Pass } from 'aws-cdk-lib/aws-stepfunctions';
import type { CaughtError } from './errors.ts';
import { errorField } from './field-name.ts';
import type { Expr } from './references.ts';
import { renderFields } from './render.ts';
import type { Workflow } from './workflow.ts';

/**
 * Puts a failure that a Choice has found where a Catch would put it, so that both ways lead to the same handler states.
 */
export const raise = (workflow: Workflow, id: string, failure: Expr<CaughtError>): Pass =>
  new Pass(workflow.scope, id, { parameters: renderFields(failure), resultPath: `$.${errorField}` });
