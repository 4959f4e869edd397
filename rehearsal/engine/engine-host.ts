import type { PackedBytes } from '../packed-bytes.ts';
import type { EngineStep } from './engine-step.ts';

/** The states of an execution, as the service names them. */
export type ExecutionStatus = 'RUNNING' | 'SUCCEEDED' | 'FAILED' | 'TIMED_OUT' | 'ABORTED';

/** What an execution is known by and how it stands; dates are virtual milliseconds since the epoch. */
export interface ExecutionDescription {
  readonly executionArn: string;
  readonly stateMachineArn: string;
  readonly name: string;
  readonly status: ExecutionStatus;
  readonly startDate: number;
  readonly stopDate?: number;
  /** The input as a value; callers must not change it. */
  readonly input: unknown;
  readonly output?: unknown;
  readonly error?: string;
  readonly cause?: string;
}

/** A change of status, the material of the `aws.states` event. */
export type StatusChange = ExecutionDescription & { readonly isMapChild: boolean };

/** How an execution ended. */
export interface ExecutionResult {
  readonly status: Exclude<ExecutionStatus, 'RUNNING'>;
  readonly output?: unknown;
  readonly error?: string;
  readonly cause?: string;
}

/** The pace of the service, per account and region. */
export interface EngineRates {
  /** @default 150 */
  readonly startExecutionPerSecond?: number;
  /** StartExecution calls that may come at once. @default 800 */
  readonly startExecutionBucket?: number;
  /** Child executions begun by distributed maps. @default 100 */
  readonly mapChildrenPerSecond?: number;
  /** States entered, retries included; also the bucket. Beyond it, states wait. @default 800 */
  readonly transitionsPerSecond?: number;
}

/** What the world around the service supplies. */
export interface EngineHost {
  /** Runs a function; rejects with an Error whose `name` is Lambda's errorType. */
  invokeFunction(functionArn: string, payload: unknown): Promise<unknown>;
  /** Reads a distributed map's items: a JSON array in S3. */
  readItems(bucket: string, key: string): Promise<unknown[]>;
  /** Stores a file of a distributed map's results. */
  writeResults(bucket: string, key: string, body: PackedBytes): Promise<void>;
  /** Told of every execution that starts or ends, map children included. Must not throw. */
  onStatusChange(event: StatusChange): void;
  /** Told of everything that happens inside executions. Must not throw. */
  onStep(step: EngineStep): void;
  /** Told of what every state is given and gives, as the history of an execution keeps it. Must not change it. */
  onData?(state: string, data: unknown): void;
  readonly rates?: EngineRates;
}
