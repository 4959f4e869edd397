import { Fail } from 'aws-cdk-lib/aws-stepfunctions';
import { isRef, pathOf, type Expr, type Ref } from './references.ts';
import type { Workflow } from './workflow.ts';

/** What the ended execution shows: an error name for machines, a cause for people. */
export interface FailOptions {
  /** A campaign's outcome, so that callers tell failures apart by name. */
  readonly error: Expr<string>;
  /** A cause that is known at synth; give this or `causePath`. */
  readonly cause?: string;
  readonly causePath?: Ref<string>;
}

/** Ends the execution FAILED. */
export const fail = (workflow: Workflow, id: string, options: FailOptions): Fail =>
  new Fail(workflow.scope, id, {
    ...(isRef(options.error) ? { errorPath: pathOf(options.error) } : { error: options.error }),
    ...(options.cause === undefined ? {} : { cause: options.cause }),
    ...(options.causePath === undefined ? {} : { causePath: pathOf(options.causePath) }),
  });
