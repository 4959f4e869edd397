import type { StatesHost } from '../aws/host.ts';
import { SimulatedError } from '../aws/simulated-error.ts';
import type { Engine } from '../engine/engine.ts';

/** The engine's own errors, under the names the SDK knows. */
const asAws = <T>(work: () => T): T => {
  try {
    return work();
  } catch (error) {
    if (error instanceof Error) throw new SimulatedError(error.name, error.message);
    throw error;
  }
};

/** Step Functions' API as the handlers call it, answered by the engine. */
export const statesHost = (engine: Engine): StatesHost => ({
  startExecution: ({ stateMachineArn = '', name, input = '{}' }) =>
    asAws(() => {
      const started = engine.startExecution({
        stateMachineArn,
        ...(name === undefined ? {} : { name }),
        input: JSON.parse(input) as unknown,
      });
      return { executionArn: started.executionArn, startDate: new Date(started.startDate) };
    }),
  stopExecution: ({ executionArn = '', error, cause }) =>
    asAws(() => {
      engine.stopExecution(executionArn, {
        ...(error === undefined ? {} : { error }),
        ...(cause === undefined ? {} : { cause }),
      });
      return { stopDate: new Date() };
    }),
  describeExecution: ({ executionArn = '' }) =>
    asAws(() => {
      const { name, stateMachineArn, status, startDate } = engine.describeExecution(executionArn);
      return { executionArn, name, stateMachineArn, status, startDate: new Date(startDate) };
    }),
  listExecutions: ({ stateMachineArn = '' }) =>
    asAws(() => ({
      executions: engine.listExecutions(stateMachineArn).map(({ executionArn, name, status, startDate }) => ({
        executionArn,
        stateMachineArn,
        name,
        status,
        startDate: new Date(startDate),
      })),
    })),
  sendTaskSuccess: ({ taskToken = '', output = 'null' }) => asAws(() => engine.sendTaskSuccess(taskToken, output)),
  sendTaskFailure: ({ taskToken = '', error, cause }) => asAws(() => engine.sendTaskFailure(taskToken, error, cause)),
});
