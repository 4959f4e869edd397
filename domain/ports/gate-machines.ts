/** How an execution of somebody's own state machine stands. */
export interface GateExecution {
  readonly status: 'RUNNING' | 'SUCCEEDED' | 'FAILED' | 'TIMED_OUT' | 'ABORTED' | 'PENDING_REDRIVE';
  /** What it put out; null unless it succeeded. */
  readonly output: unknown;
  /** Error and cause, where it failed. */
  readonly cause: string;
  /** When it ended, ISO 8601; undefined where AWS does not say. */
  readonly endedAt?: string | undefined;
}

/** State machines of the user's own that the configuration names as gates. */
export interface GateMachines {
  /** Starting the same name again gives the same execution. */
  start(stateMachineArn: string, name: string, input: unknown): Promise<void>;
  /** Undefined where there is no such execution. */
  outcome(executionArn: string): Promise<GateExecution | undefined>;
}
