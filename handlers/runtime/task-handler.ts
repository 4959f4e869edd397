import middy from '@middy/core';
import type { Context } from 'aws-lambda';
import type * as z from 'zod/mini';
import type { Contract } from '../../contracts/contract.ts';
import { actingFor } from './acting.ts';
import { ContractViolation } from './contract-violation.ts';
import { logger, type LogKeys } from './logger.ts';

/** What a task is called with: its input; a callback task has its token beside it. */
type Given<C extends Contract> = z.output<C['input']> &
  (C['completes'] extends 'callback' ? { taskToken: string } : unknown);
/** What a task answers: its output; a callback task answers through its token. */
type Answer<C extends Contract> = C['completes'] extends 'callback' ? Promise<void> : Promise<z.input<C['output']>>;

/** Fields worth a log key; a token is never among them. */
const logKeys = (input: unknown): LogKeys => {
  const { campaignId, direction, stack, ring } = (input ?? {}) as {
    campaignId?: string;
    direction?: string;
    ring?: string;
    stack?: { stackName?: string; account?: string; region?: string };
  };
  return { campaignId, direction, ring, stack: stack?.stackName, account: stack?.account, region: stack?.region };
};

/** Works in the name of the campaign that the input names. */
const inItsName = <Result>(input: unknown, work: () => Result): Result => {
  const { campaignId } = input as { campaignId?: unknown };
  return typeof campaignId === 'string' ? actingFor(campaignId, work) : work();
};

/**
 * The only way a task's Lambda entry point is made. Its types come from the contract that the machine uses, and both
 * input and output are checked against it at run time.
 */
export const taskHandler = <C extends Contract>(contract: C, run: (given: Given<C>) => Answer<C>) =>
  middy<unknown, unknown>()
    .use({
      onError: ({ event, error }) => {
        const { name, message } = error as Error;
        logger.error('task failed', {
          task: contract.name,
          ...logKeys(event),
          errorName: name,
          errorMessage: message,
        });
      },
    })
    .handler(async (event: unknown, _context: Context) => {
      const input = contract.input.safeParse(event);
      if (!input.success) throw new ContractViolation(contract.name, 'input', input.error.issues);
      if (contract.completes === 'callback') {
        const { taskToken } = event as { taskToken?: unknown };
        if (typeof taskToken !== 'string')
          throw new ContractViolation(contract.name, 'input', [
            { code: 'custom', path: ['taskToken'], message: 'a callback task needs its token', input: undefined },
          ]);
        await inItsName(input.data, () => run({ ...(input.data as object), taskToken } as Given<C>));
        logger.info('task ran', { task: contract.name, ...logKeys(input.data) });
        return {};
      }
      const output = contract.output.safeParse(await inItsName(input.data, () => run(input.data as Given<C>)));
      if (!output.success) throw new ContractViolation(contract.name, 'output', output.error.issues);
      logger.info('task ran', { task: contract.name, ...logKeys(input.data) });
      return output.data;
    });
