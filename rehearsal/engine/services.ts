import type { EngineHost } from './engine-host.ts';
import type { Execution, ExecutionProps } from './execution.ts';
import type { Identifiers } from './identifiers.ts';
import type { Pace } from './pace.ts';
import type { TaskTokens } from './task-tokens.ts';

/** What is common to all executions of one engine. */
export interface EngineServices {
  readonly host: EngineHost;
  readonly identifiers: Identifiers;
  readonly tokens: TaskTokens;
  readonly transitions: Pace;
  readonly mapChildren: Pace;
  /** The API's StartExecution, for machines that start machines. */
  startExecution(request: { stateMachineArn: string; name?: string; input: unknown }): {
    executionArn: string;
    startDate: number;
  };
  /** Starts a child of a distributed map. */
  startChild(props: ExecutionProps): Execution;
}
