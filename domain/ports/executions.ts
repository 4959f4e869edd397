export type ExecutionStatus = 'RUNNING' | 'SUCCEEDED' | 'FAILED' | 'TIMED_OUT' | 'ABORTED' | 'PENDING_REDRIVE';

/** The task token is not waited for any more (timed out, already completed, execution ended). */
export class TaskGone extends Error {
  override readonly name = 'TaskGone';
}

/** Step Functions, as far as handlers use it. */
export interface Executions {
  /** Gives the execution's ARN; starting the same name with the same input again gives the same one. */
  start(stateMachineArn: string, name: string, input: unknown): Promise<string>;
  status(executionArn: string): Promise<ExecutionStatus | undefined>;
  /** Ends a running execution as ABORTED; no Catch sees it. Does nothing where it has ended. */
  stop(executionArn: string, cause: string): Promise<void>;
  /** Both throw TaskGone where nobody waits any more. */
  succeed(taskToken: string, output: unknown): Promise<void>;
  fail(taskToken: string, error: string, cause: string): Promise<void>;
}
