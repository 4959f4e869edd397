import { JsonPath, Succeed } from 'aws-cdk-lib/aws-stepfunctions';
import type { Workflow } from './workflow.ts';

/** Ends the execution SUCCEEDED; with `output: 'empty'` its output is `{}`, as for a map's child. */
export const succeed = (workflow: Workflow, id: string, options?: { readonly output: 'empty' }): Succeed =>
  new Succeed(workflow.scope, id, options ? { outputPath: JsonPath.DISCARD } : {});
