import { Succeed } from 'aws-cdk-lib/aws-stepfunctions';
import type { Workflow } from './workflow.ts';

/** Ends the execution SUCCEEDED. */
export const succeed = (workflow: Workflow, id: string): Succeed => new Succeed(workflow.scope, id);
