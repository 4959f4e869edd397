import type { InvokeCommandInput, InvokeCommandOutput } from '@aws-sdk/client-lambda';
import type {
  DescribeExecutionCommandInput,
  ListExecutionsCommandInput,
  SendTaskFailureCommandInput,
  SendTaskHeartbeatCommandInput,
  SendTaskSuccessCommandInput,
  StartExecutionCommandInput,
  StopExecutionCommandInput,
} from '@aws-sdk/client-sfn';
import type { Call, Operations, Reply } from '../call.ts';
import type { StatesHost } from '../host.ts';
import type { World } from '../world.ts';

/** Step Functions: every call is the host's. */
export const states = (world: World): Operations => {
  const host = (): StatesHost => {
    if (world.host.states === undefined) throw new Error('The world has no Step Functions: its host brings none.');
    return world.host.states;
  };
  return {
    StartExecution: async (input: StartExecutionCommandInput) => host().startExecution(input),
    StopExecution: async (input: StopExecutionCommandInput) => host().stopExecution(input),
    DescribeExecution: async (input: DescribeExecutionCommandInput) => host().describeExecution(input),
    ListExecutions: async (input: ListExecutionsCommandInput) => host().listExecutions(input),
    SendTaskSuccess: async (input: SendTaskSuccessCommandInput) => {
      await host().sendTaskSuccess(input);
      return {};
    },
    SendTaskFailure: async (input: SendTaskFailureCommandInput) => {
      await host().sendTaskFailure(input);
      return {};
    },
    SendTaskHeartbeat: async (input: SendTaskHeartbeatCommandInput) => {
      await host().sendTaskHeartbeat?.(input);
      return {};
    },
  };
};

/** Lambda: invocations are the host's. */
export const lambda = (world: World): Operations => {
  const invoke = async (input: InvokeCommandInput, call: Call): Promise<Reply<InvokeCommandOutput>> => {
    if (world.host.invoke === undefined) throw new Error('The world has no Lambda functions: its host brings none.');
    const invocationType = input.InvocationType ?? 'RequestResponse';
    const { payload, functionError } = await world.host.invoke({
      functionName: input.FunctionName ?? '',
      invocationType,
      payload: textOf(input.Payload),
      account: call.account,
      region: call.region,
    });
    if (invocationType !== 'RequestResponse') return { StatusCode: invocationType === 'Event' ? 202 : 204 };
    return {
      StatusCode: 200,
      ExecutedVersion: '$LATEST',
      Payload: payloadOf(payload),
      ...(functionError !== undefined && { FunctionError: functionError }),
    };
  };
  return { Invoke: invoke };
};

/** The SDK's byte array that can tell its text. */
const payloadOf = (text: string): NonNullable<InvokeCommandOutput['Payload']> => {
  const bytes = new TextEncoder().encode(text);
  const readable: unknown = Object.assign(bytes, { transformToString: () => text });
  return readable as NonNullable<InvokeCommandOutput['Payload']>;
};

/** The SDK takes text and bytes alike. */
const textOf = (payload: unknown): string => {
  if (payload === undefined) return '{}';
  return typeof payload === 'string' ? payload : new TextDecoder().decode(payload as Uint8Array);
};
