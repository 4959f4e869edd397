import type {
  DescribeExecutionCommandInput,
  DescribeExecutionCommandOutput,
  ListExecutionsCommandInput,
  ListExecutionsCommandOutput,
  SendTaskFailureCommandInput,
  SendTaskHeartbeatCommandInput,
  SendTaskSuccessCommandInput,
  StartExecutionCommandInput,
  StartExecutionCommandOutput,
  StopExecutionCommandInput,
  StopExecutionCommandOutput,
} from '@aws-sdk/client-sfn';
import type { Reply } from './call.ts';

/** An EventBridge event with its whole envelope. */
export interface EventEnvelope {
  readonly version: '0';
  readonly id: string;
  readonly 'detail-type': string;
  readonly source: string;
  readonly account: string;
  /** ISO 8601, whole seconds. */
  readonly time: string;
  readonly region: string;
  readonly resources: readonly string[];
  readonly detail: Readonly<Record<string, unknown>>;
}

type Awaitable<T> = T | Promise<T>;

/** Step Functions, which the runner's engine plays. Errors: throw a {@link SimulatedError} with the SDK's name. */
export interface StatesHost {
  startExecution(input: StartExecutionCommandInput): Awaitable<Reply<StartExecutionCommandOutput>>;
  stopExecution(input: StopExecutionCommandInput): Awaitable<Reply<StopExecutionCommandOutput>>;
  describeExecution(input: DescribeExecutionCommandInput): Awaitable<Reply<DescribeExecutionCommandOutput>>;
  listExecutions(input: ListExecutionsCommandInput): Awaitable<Reply<ListExecutionsCommandOutput>>;
  sendTaskSuccess(input: SendTaskSuccessCommandInput): Awaitable<void>;
  sendTaskFailure(input: SendTaskFailureCommandInput): Awaitable<void>;
  sendTaskHeartbeat?(input: SendTaskHeartbeatCommandInput): Awaitable<void>;
}

/** One Lambda invocation through the API. */
export interface Invocation {
  readonly functionName: string;
  readonly invocationType: 'RequestResponse' | 'Event' | 'DryRun';
  /** JSON text. */
  readonly payload: string;
  readonly account: string;
  readonly region: string;
}

/** What the simulated AWS cannot play by itself and asks the runner for. */
export interface WorldHost {
  /** An event arrives on the default bus of its account and region: delivery latency, loss and doubles are behind it. */
  emit(event: EventEnvelope): void;
  /** Whether any rule could match; events nobody wants then cost no timer. Default: every event is wanted. */
  wants?(source: string, detailType: string): boolean;
  readonly states?: StatesHost;
  invoke?(invocation: Invocation): Awaitable<{ payload: string; functionError?: string }>;
}
