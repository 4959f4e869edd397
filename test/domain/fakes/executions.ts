import { TaskGone, type Executions, type ExecutionStatus } from '../../../domain/ports/executions.ts';

/** Step Functions from memory: a task can be completed once, afterwards it is gone; a name can be started once. */
export const fakeExecutions = () => {
  const over = new Set<string>();
  const finish = (taskToken: string, note: () => void): Promise<void> => {
    if (over.has(taskToken)) return Promise.reject(new TaskGone('nobody waits for this task any more'));
    over.add(taskToken);
    note();
    return Promise.resolve();
  };
  const fake = {
    /** Every completion that reached a waiting task. */
    completed: [] as { taskToken: string; output?: unknown; error?: string; cause?: string }[],
    started: [] as { machine: string; name: string; input: unknown }[],
    statuses: new Map<string, ExecutionStatus>(),
    /** Makes the task's execution end. */
    abandon: (taskToken: string) => {
      over.add(taskToken);
    },
    start: (machine: string, name: string, input: unknown) => {
      const executionArn = `${machine.replace(':stateMachine:', ':execution:')}:${name}`;
      if (!fake.statuses.has(executionArn)) {
        fake.started.push({ machine, name, input });
        fake.statuses.set(executionArn, 'RUNNING');
      }
      return Promise.resolve(executionArn);
    },
    status: (executionArn: string) => Promise.resolve(fake.statuses.get(executionArn)),
    stopped: [] as { executionArn: string; cause: string }[],
    stop: (executionArn: string, cause: string) => {
      fake.stopped.push({ executionArn, cause });
      fake.statuses.set(executionArn, 'ABORTED');
      return Promise.resolve();
    },
    succeed: (taskToken: string, output: unknown) =>
      finish(taskToken, () => fake.completed.push({ taskToken, output })),
    fail: (taskToken: string, error: string, cause: string) =>
      finish(taskToken, () => fake.completed.push({ taskToken, error, cause })),
  };
  return fake satisfies Executions;
};
