import { DescribeExecutionCommand, SFNClient, StartExecutionCommand } from '@aws-sdk/client-sfn';
import type { GateMachines } from '../../domain/ports/gate-machines.ts';
import * as z from 'zod/mini';
import { ask, moment, text } from './ask.ts';
import { call, isRefused } from './errors.ts';
import type { Sessions } from './sessions.ts';

const described = z.object({ status: z.string(), output: text, error: text, cause: text, stopDate: moment });

/** What is not JSON is no answer: it is given on as the text that it is. */
const parsed = (output: string | undefined): unknown => {
  if (output === undefined) return null;
  try {
    return JSON.parse(output) as unknown;
  } catch {
    return output;
  }
};

/**
 * The state machines of custom gates, in the hub's account and region: only there their ends are heard.
 * {@link https://docs.aws.amazon.com/step-functions/latest/apireference/API_DescribeExecution.html}
 */
export const awsGateMachines = (sessions: Sessions): GateMachines => {
  const client = () => sessions.client(SFNClient, sessions.hub);
  return {
    start: async (stateMachineArn, name, input) => {
      try {
        await call(`StartExecution of ${name} on ${stateMachineArn}`, () =>
          client().send(new StartExecutionCommand({ stateMachineArn, name, input: JSON.stringify(input) })),
        );
      } catch (error) {
        // Started before, with another callback id, which is good as well.
        if (!isRefused(error, 'ExecutionAlreadyExists')) throw error;
      }
    },

    outcome: async (executionArn) => {
      try {
        const { status, output, error, cause, stopDate } = await ask(
          `DescribeExecution of ${executionArn}`,
          described,
          () => client().send(new DescribeExecutionCommand({ executionArn })),
        );
        return {
          status: status ?? 'RUNNING',
          output: status === 'SUCCEEDED' ? parsed(output) : null,
          cause: [error, cause].filter((part) => part !== undefined).join(': '),
          endedAt: stopDate?.toISOString(),
        };
      } catch (error) {
        if (isRefused(error, 'ExecutionDoesNotExist')) return undefined;
        throw error;
      }
    },
  };
};
