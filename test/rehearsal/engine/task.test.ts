import { describe, expect, it } from '@jest/globals';
import { after, failure, fn, only, runMachine, START } from './run-machine.ts';

const INVOKE = 'arn:aws:states:::lambda:invoke';

describe('a Task', () => {
  it('calls a function by its ARN with the parameters, and yields what it returns', async () => {
    const { result, calls } = await runMachine(
      only({ Type: 'Task', Resource: fn('age'), Parameters: { 'a.$': '$.x' } }),
      {
        input: { x: 1 },
        functions: { age: () => ({ days: 3 }) },
      },
    );
    expect(result).toEqual({ status: 'SUCCEEDED', output: { days: 3 } });
    expect(calls).toEqual([{ name: 'age', payload: { a: 1 }, second: 0 }]);
  });

  it('calls a function by lambda:invoke, and yields its result as Payload', async () => {
    const { result, calls } = await runMachine(
      only({
        Type: 'Task',
        Resource: INVOKE,
        Parameters: { FunctionName: fn('age'), Payload: { 'a.$': '$.x' } },
        ResultSelector: { 'days.$': '$.Payload.days' },
      }),
      { input: { x: 1 }, functions: { age: () => ({ days: 3 }) } },
    );
    expect(result.output).toEqual({ days: 3 });
    expect(calls[0]?.payload).toEqual({ a: 1 });
  });

  it("fails with the function's error, and its cause as Lambda writes it", async () => {
    const { result } = await runMachine(only({ Type: 'Task', Resource: fn('age') }), {
      functions: { age: () => Promise.reject(failure('ImageNotFound', 'no ami-1')) },
    });
    expect(result).toMatchObject({ status: 'FAILED', error: 'ImageNotFound' });
    expect(JSON.parse(result.cause!)).toEqual({ errorType: 'ImageNotFound', errorMessage: 'no ami-1', trace: [] });
  });

  it('fails with States.Timeout after TimeoutSeconds of virtual time; the function goes on', async () => {
    let finished = 0;
    const slow = () => after(90_000).then(() => (finished = Date.now() - START));
    const { result, seconds } = await runMachine(only({ Type: 'Task', Resource: fn('slow'), TimeoutSeconds: 60 }), {
      functions: { slow },
      meanwhile: () => after(120_000),
    });
    expect([result, seconds, finished]).toEqual([{ status: 'FAILED', error: 'States.Timeout' }, 120, 90_000]);
  });

  it('takes its time limit from TimeoutSecondsPath', async () => {
    const task = only({ Type: 'Task', Resource: fn('slow'), TimeoutSecondsPath: '$.limit' });
    const functions = { slow: () => after(90_000) };
    const run = async (limit: unknown) => runMachine(task, { input: { limit }, functions });
    expect(await run(30)).toMatchObject({ seconds: 30, result: { error: 'States.Timeout' } });
    expect((await run('soon')).result.error).toBe('States.Runtime');
  });

  it('waits for a slow function as long as it takes when it has no limit', async () => {
    const { result } = await runMachine(only({ Type: 'Task', Resource: fn('slow') }), {
      functions: { slow: () => after(86_400_000).then(() => 'done') },
    });
    expect(result.output).toBe('done');
  });

  it('starts another machine, and says so when the name is taken', async () => {
    const restore = 'arn:aws:states:eu-west-1:111111111111:stateMachine:restore';
    const start = {
      Type: 'Task',
      Resource: 'arn:aws:states:::states:startExecution',
      Parameters: { StateMachineArn: restore, Name: 'r1', Input: { 'campaign.$': '$$.Execution.Name' } },
      ResultPath: '$.started',
    };
    const { result, engine, statuses } = await runMachine(
      { StartAt: 'A', States: { A: { ...start, Next: 'B' }, B: { ...start, End: true } } },
      { machines: { [restore]: only({ Type: 'Pass' }) } },
    );
    const executionArn = 'arn:aws:states:eu-west-1:111111111111:execution:restore:r1';
    expect(engine.describeExecution(executionArn)).toMatchObject({ output: { campaign: 'run-1' } });
    expect(result).toMatchObject({ status: 'FAILED', error: 'StepFunctions.ExecutionAlreadyExistsException' });
    expect(statuses.map(({ name, status }) => `${name} ${status}`)).toEqual([
      'run-1 RUNNING',
      'r1 RUNNING',
      'r1 SUCCEEDED',
      'run-1 FAILED',
    ]);
  });
});

describe('a Task that waits for a token', () => {
  type Asked = { token: string };
  const wait = (fields: object = {}) =>
    only({
      Type: 'Task',
      Resource: `${INVOKE}.waitForTaskToken`,
      Parameters: { FunctionName: fn('ask'), Payload: { 'token.$': '$$.Task.Token' } },
      ...fields,
    });

  it('ends with the output that its token is completed with, not with what the function returns', async () => {
    const { result, seconds } = await runMachine(wait(), {
      functions: {
        ask: ({ token }: Asked, { engine }) => {
          void after(3_600_000).then(() => engine.sendTaskSuccess(token, '{"approved":true}'));
          return { ignored: true };
        },
      },
    });
    expect([result, seconds]).toEqual([{ status: 'SUCCEEDED', output: { approved: true } }, 3600]);
  });

  it('may be completed before the function has returned', async () => {
    const { result, seconds } = await runMachine(wait(), {
      functions: {
        ask: async ({ token }: Asked, { engine }) => {
          engine.sendTaskSuccess(token, '1');
          await after(5_000);
          throw failure('TooLate');
        },
      },
    });
    expect([result, seconds]).toEqual([{ status: 'SUCCEEDED', output: 1 }, 0]);
  });

  it('fails with the error and cause of SendTaskFailure', async () => {
    const { result } = await runMachine(wait(), {
      functions: { ask: ({ token }: Asked, { engine }) => engine.sendTaskFailure(token, 'Rejected', 'by bob') },
    });
    expect(result).toEqual({ status: 'FAILED', error: 'Rejected', cause: 'by bob' });
  });

  it('fails when the function fails', async () => {
    const { result } = await runMachine(wait(), { functions: { ask: () => Promise.reject(failure('NoOneThere')) } });
    expect(result.error).toBe('NoOneThere');
  });

  it('gets a token of its own for each attempt; the old one is dead', async () => {
    const tokens: string[] = [];
    const answers: unknown[] = [];
    const { result, seconds } = await runMachine(
      wait({ TimeoutSeconds: 600, Retry: [{ ErrorEquals: ['States.Timeout'], IntervalSeconds: 1 }] }),
      {
        functions: {
          ask: ({ token }: Asked, { engine }) => {
            tokens.push(token);
            if (tokens.length < 2) return;
            try {
              engine.sendTaskSuccess(tokens[0]!, '{}');
            } catch (error) {
              answers.push((error as Error).name);
            }
            engine.sendTaskSuccess(token, '"second"');
          },
        },
      },
    );
    expect([result.output, seconds, new Set(tokens).size, answers]).toEqual(['second', 601, 2, ['TaskTimedOut']]);
  });

  it('refuses tokens that are finished, unknown, or of a stopped execution, and outputs that are no JSON', async () => {
    const errors: string[] = [];
    const attempt = (send: () => void) => {
      try {
        send();
        errors.push('accepted');
      } catch (error) {
        errors.push((error as Error).name);
      }
    };
    let asked = '';
    await runMachine(wait(), {
      functions: { ask: ({ token }: Asked) => void (asked = token) },
      meanwhile: async ({ engine }, executionArn) => {
        await after(1_000);
        attempt(() => engine.sendTaskSuccess('forged', '{}'));
        attempt(() => engine.sendTaskSuccess(`${asked}x`, '{}'));
        attempt(() => engine.sendTaskSuccess(asked, 'not JSON'));
        attempt(() => engine.sendTaskSuccess(asked, JSON.stringify('x'.repeat(262_144))));
        attempt(() => engine.sendTaskSuccess(asked, '{}'));
        attempt(() => engine.sendTaskFailure(asked, 'Again'));
        const second = engine.startExecution({
          stateMachineArn: engine.describeExecution(executionArn).stateMachineArn,
          input: {},
        });
        await after(1_000);
        engine.stopExecution(second.executionArn);
        attempt(() => engine.sendTaskSuccess(asked, '{}'));
      },
    });
    expect(errors).toEqual([
      'InvalidToken',
      'InvalidToken',
      'InvalidOutput',
      'InvalidOutput',
      'accepted',
      'TaskTimedOut',
      'TaskTimedOut',
    ]);
  });
});
