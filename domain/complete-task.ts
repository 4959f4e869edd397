import type * as z from 'zod/mini';
import type { Contract, ErrorOf } from '../contracts/contract.ts';
import { TaskGone } from './ports/executions.ts';
import type { Ports } from './ports/index.ts';

type Needs = Pick<Ports, 'executions'>;

/** Completes a callback task with its contract's output. A task that nobody waits for any more is no error. */
export const completeTask = async <C extends Contract>(
  { executions }: Needs,
  contract: C,
  taskToken: string,
  output: z.input<C['output']>,
): Promise<void> => {
  try {
    await executions.succeed(taskToken, contract.output.parse(output));
  } catch (error) {
    if (!(error instanceof TaskGone)) throw error;
  }
};

/** Fails a callback task with one of its contract's errors. A task that nobody waits for any more is no error. */
export const failTask = async <C extends Contract>(
  { executions }: Needs,
  _contract: C,
  taskToken: string,
  error: ErrorOf<C>,
  cause: string,
): Promise<void> => {
  try {
    await executions.fail(taskToken, error, cause);
  } catch (failure) {
    if (!(failure instanceof TaskGone)) throw failure;
  }
};
