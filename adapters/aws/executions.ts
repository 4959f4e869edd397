import {
  DescribeExecutionCommand,
  SendTaskFailureCommand,
  SendTaskSuccessCommand,
  SFNClient,
  StartExecutionCommand,
  StopExecutionCommand,
} from '@aws-sdk/client-sfn';
import { TaskGone, type Executions } from '../../domain/ports/executions.ts';
import { call, isRefused } from './errors.ts';
import type { Sessions } from './sessions.ts';

const executionArn = (stateMachineArn: string, name: string): string =>
  `${stateMachineArn.replace(':stateMachine:', ':execution:')}:${name}`;

/** A token is a secret: neither message nor cause carries it. */
const complete = async (operation: string, send: () => Promise<unknown>): Promise<void> => {
  try {
    await call(operation, send);
  } catch (error) {
    if (isRefused(error, 'TaskTimedOut', 'TaskDoesNotExist', 'InvalidToken')) {
      throw new TaskGone(`${operation}: nobody waits for this task any more (${error.name})`, { cause: error });
    }
    throw error;
  }
};

/**
 * Executions by Step Functions, in the hub: a task token is good in its own account only.
 * {@link https://docs.aws.amazon.com/step-functions/latest/apireference/API_StartExecution.html}
 * {@link https://docs.aws.amazon.com/step-functions/latest/apireference/API_SendTaskSuccess.html}
 */
export const awsExecutions = (sessions: Sessions): Executions => {
  const client = () => sessions.client(SFNClient, sessions.hub);
  return {
    start: async (stateMachineArn, name, input) => {
      try {
        const answer = await call(`StartExecution of ${name} on ${stateMachineArn}`, () =>
          client().send(new StartExecutionCommand({ stateMachineArn, name, input: JSON.stringify(input) })),
        );
        return answer.executionArn ?? executionArn(stateMachineArn, name);
      } catch (error) {
        // While it runs, the same name and input are answered with its ARN; once it has ended, with this.
        if (isRefused(error, 'ExecutionAlreadyExists')) return executionArn(stateMachineArn, name);
        throw error;
      }
    },

    status: async (arn) => {
      try {
        const { status } = await call(`DescribeExecution of ${arn}`, () =>
          client().send(new DescribeExecutionCommand({ executionArn: arn })),
        );
        return status;
      } catch (error) {
        if (isRefused(error, 'ExecutionDoesNotExist')) return undefined;
        throw error;
      }
    },

    stop: async (arn, cause) => {
      try {
        await call(`StopExecution of ${arn}`, () =>
          client().send(new StopExecutionCommand({ executionArn: arn, cause: cause.slice(0, 32_768) })),
        );
      } catch (error) {
        if (!isRefused(error, 'ExecutionDoesNotExist')) throw error;
      }
    },

    succeed: (taskToken, output) =>
      complete('SendTaskSuccess', () =>
        client().send(new SendTaskSuccessCommand({ taskToken, output: JSON.stringify(output) })),
      ),

    fail: (taskToken, error, cause) =>
      complete('SendTaskFailure', () =>
        client().send(
          new SendTaskFailureCommand({ taskToken, error: error.slice(0, 256), cause: cause.slice(0, 32_768) }),
        ),
      ),
  };
};
