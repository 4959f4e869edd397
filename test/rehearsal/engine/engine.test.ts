import { describe, expect, it } from '@jest/globals';
import { after, failure, fn, MACHINE, only, runMachine, START, type RunOptions } from './run-machine.ts';

const nameOf = (call: () => unknown) => {
  try {
    call();
    return 'accepted';
  } catch (error) {
    return (error as Error).name;
  }
};

const item = { stack: 'a' };
const campaign = {
  StartAt: 'Ring',
  States: {
    Ring: {
      Type: 'Map',
      Label: 'Ring',
      ItemsPath: '$.stacks',
      MaxConcurrency: 2,
      ToleratedFailurePercentage: 100,
      ItemProcessor: {
        ProcessorConfig: { Mode: 'DISTRIBUTED' },
        StartAt: 'Apply',
        States: {
          Apply: {
            Type: 'Task',
            Resource: 'arn:aws:states:::lambda:invoke.waitForTaskToken',
            Parameters: { FunctionName: fn('apply'), Payload: { 'token.$': '$$.Task.Token', 'in.$': '$' } },
            Retry: [{ ErrorEquals: ['States.ALL'], IntervalSeconds: 3, JitterStrategy: 'FULL' }],
            Catch: [{ ErrorEquals: ['States.ALL'], ResultPath: '$.error', Next: 'Record' }],
            ResultPath: null,
            Next: 'Record',
          },
          Record: { Type: 'Task', Resource: fn('record'), ResultPath: null, End: true },
        },
      },
      Catch: [{ ErrorEquals: ['States.ALL'], Next: 'Restore' }],
      Next: 'Restore',
    },
    Restore: { Type: 'Task', Resource: fn('restore'), End: true },
  },
};

describe('StartExecution', () => {
  const wait = only({ Type: 'Wait', Seconds: 10 });

  it('is idempotent while the execution of that name runs with that input, and refuses the name otherwise', async () => {
    const answers: unknown[] = [];
    await runMachine(wait, {
      input: { a: { b: 1 } },
      meanwhile: async ({ engine }, executionArn) => {
        const start = (input: unknown) => engine.startExecution({ stateMachineArn: MACHINE, name: 'run-1', input });
        await after(1_000);
        expect(start({ a: { b: 1 } })).toEqual({ executionArn, startDate: START });
        answers.push(nameOf(() => start({ a: { b: 2 } })));
        await engine.settled(executionArn);
        answers.push(nameOf(() => start({ a: { b: 1 } })));
      },
    });
    expect(answers).toEqual(['ExecutionAlreadyExists', 'ExecutionAlreadyExists']);
  });

  it('generates names, and refuses machines that are not there and inputs that are too large', async () => {
    await runMachine(wait, {
      meanwhile: async ({ engine }) => {
        await after(0);
        const start = (stateMachineArn: string, input: unknown) => engine.startExecution({ stateMachineArn, input });
        const [one, two] = [start(MACHINE, {}), start(MACHINE, {})];
        expect(one.executionArn).toMatch(/:execution:campaign:[\da-f-]{36}$/);
        expect(two.executionArn).not.toBe(one.executionArn);
        expect(nameOf(() => start(`${MACHINE}s`, {}))).toBe('StateMachineDoesNotExist');
        expect(nameOf(() => start(MACHINE, 'x'.repeat(262_143)))).toBe('InvalidExecutionInput');
      },
    });
  });

  it('is throttled beyond the bucket, which fills again', async () => {
    const started: string[] = [];
    await runMachine(wait, {
      rates: { startExecutionPerSecond: 2, startExecutionBucket: 3 },
      meanwhile: async ({ engine }) => {
        const start = () => started.push(nameOf(() => engine.startExecution({ stateMachineArn: MACHINE, input: {} })));
        for (let i = 0; i < 3; i += 1) start();
        await after(500);
        for (let i = 0; i < 2; i += 1) start();
      },
    });
    const no = 'ThrottlingException';
    expect(started).toEqual(['accepted', 'accepted', no, 'accepted', no]);
  });

  it('returns before the first state is entered', async () => {
    const { steps, statuses } = await runMachine(wait);
    expect(steps.map(({ kind, at }) => [kind, at - START])).toEqual([
      ['execution-started', 0],
      ['state-entered', 0],
      ['state-exited', 10_000],
      ['execution-ended', 10_000],
    ]);
    expect(statuses).toEqual([
      expect.objectContaining({ status: 'RUNNING', startDate: START, input: {}, isMapChild: false }),
      expect.objectContaining({ status: 'SUCCEEDED', stopDate: START + 10_000, output: {}, isMapChild: false }),
    ]);
  });
});

describe('DescribeExecution and ListExecutions', () => {
  it('tell how executions stand', async () => {
    const { engine, executionArn } = await runMachine(only({ Type: 'Wait', Seconds: 10 }), {
      input: { a: 1 },
      meanwhile: async ({ engine: running }) => {
        await after(1_000);
        running.startExecution({ stateMachineArn: MACHINE, name: 'second', input: {} });
        const names = (status?: 'RUNNING' | 'FAILED') =>
          running.listExecutions(MACHINE, status).map(({ name }) => name);
        expect([names(), names('RUNNING'), names('FAILED')]).toEqual([['second', 'run-1'], ['second', 'run-1'], []]);
        expect(running.pending()).toEqual([
          "arn:aws:states:eu-west-1:111111111111:execution:campaign:run-1 in 'It'",
          "arn:aws:states:eu-west-1:111111111111:execution:campaign:second in ''",
        ]);
      },
    });
    expect(engine.describeExecution(executionArn)).toEqual({
      executionArn,
      stateMachineArn: MACHINE,
      name: 'run-1',
      status: 'SUCCEEDED',
      startDate: START,
      stopDate: START + 10_000,
      input: { a: 1 },
      output: { a: 1 },
    });
    expect(nameOf(() => engine.describeExecution('arn:nothing'))).toBe('ExecutionDoesNotExist');
  });
});

describe('StopExecution', () => {
  it('aborts the execution and the children of its map; nothing begins afterwards; a running function goes on', async () => {
    let finished = 0;
    const { result, statuses, calls, engine, executionArn, steps } = await runMachine(campaign, {
      input: { stacks: [1, 2, 3, 4, 5].map((n) => ({ ...item, n })) },
      functions: {
        apply: () => after(30_000).then(() => (finished += 1)),
        record: () => 1,
        restore: () => 1,
      },
      meanwhile: async (world, arn) => {
        await after(10_000);
        world.engine.stopExecution(arn, { error: 'Operator', cause: 'enough' });
        world.engine.stopExecution(arn, { error: 'Again' });
        await after(3_600_000);
      },
    });
    expect(result).toEqual({ status: 'ABORTED', error: 'Operator', cause: 'enough' });
    expect(calls.map(({ name }) => name)).toEqual(['apply', 'apply']);
    expect(finished).toBe(2);
    expect(statuses.map(({ isMapChild, status }) => `${isMapChild ? 'child' : 'campaign'} ${status}`)).toEqual([
      'campaign RUNNING',
      'child RUNNING',
      'child RUNNING',
      'campaign ABORTED',
      'child ABORTED',
      'child ABORTED',
    ]);
    expect(steps.every(({ at }) => at <= START + 10_000)).toBe(true);
    expect(engine.describeExecution(executionArn)).toMatchObject({ status: 'ABORTED', stopDate: START + 10_000 });
    expect(engine.pending()).toEqual([]);
    expect(engine.statistics()[0]!.children).toMatchObject({ started: 2, aborted: 2 });
  });

  it.each([
    ['a Wait', only({ Type: 'Wait', Seconds: 600 })],
    [
      'a retry',
      only({ Type: 'Task', Resource: fn('bad'), Retry: [{ ErrorEquals: ['States.ALL'], IntervalSeconds: 60 }] }),
    ],
    [
      'an inline Map',
      only({
        Type: 'Map',
        ItemsPath: '$.stacks',
        MaxConcurrency: 1,
        ItemProcessor: only({ Type: 'Task', Resource: fn('slow') }),
      }),
    ],
    [
      'a Parallel',
      only({
        Type: 'Parallel',
        Branches: [only({ Type: 'Wait', Seconds: 600 }), only({ Type: 'Task', Resource: fn('slow') })],
      }),
    ],
  ])('ends %s', async (_name, definition) => {
    const { result, calls, seconds, engine } = await runMachine(definition, {
      input: { stacks: [1, 2, 3] },
      functions: { bad: () => Promise.reject(failure('Bad')), slow: () => after(90_000) },
      meanwhile: async (world, arn) => {
        await after(10_000);
        world.engine.stopExecution(arn);
        await after(1_000_000);
      },
    });
    expect([result, calls.length <= 1, seconds, engine.pending()]).toEqual([{ status: 'ABORTED' }, true, 1_010, []]);
  });

  it('begins nothing when it comes before the first state, or while a map reads its items', async () => {
    const reader = {
      Resource: 'arn:aws:states:::s3:getObject',
      ReaderConfig: { InputType: 'JSON' },
      Parameters: { Bucket: 'plans', Key: 'slow' },
    };
    const map = only({ ...campaign.States.Ring, Next: undefined, Catch: [], ItemReader: reader });
    for (const seconds of [0, 30]) {
      const { result, statuses, calls, summary } = await runMachine(map, {
        items: [item],
        meanwhile: async ({ engine }, arn) => {
          if (seconds > 0) await after(seconds * 1_000);
          engine.stopExecution(arn);
          await after(600_000);
        },
      });
      expect([result.status, statuses.length, calls]).toEqual(['ABORTED', 2, []]);
      expect(summary).toMatchObject({ statesEntered: seconds > 0 ? 1 : 0, children: { started: 0 } });
    }
  });

  it('calls no function any more when another function of the same instant stops the execution', async () => {
    const machine = only({
      Type: 'Parallel',
      Branches: ['stop', 'other'].map((name) =>
        only({ Type: 'Task', Resource: fn(name), Parameters: { 'a.$': '$$.State.Name' } }),
      ),
    });
    const { calls } = await runMachine(machine, {
      functions: { stop: (_: unknown, { engine, steps }) => engine.stopExecution(steps[0]!.executionArn) },
    });
    expect(calls.map(({ name }) => name)).toEqual(['stop']);
  });

  it('ends a child alone when it is named, which counts as no failure', async () => {
    const { result, summary } = await runMachine(campaign, {
      input: { stacks: [item, item] },
      functions: { apply: () => 1, restore: () => 'restored' },
      meanwhile: async ({ engine, statuses }) => {
        await after(10_000);
        for (const { executionArn } of statuses.slice(1)) engine.stopExecution(executionArn);
      },
    });
    expect([result.output, summary.children.aborted, summary.children.failed]).toEqual(['restored', 2, 0]);
  });
});

describe('an execution', () => {
  it('ends TIMED_OUT at the limit of its machine', async () => {
    const { result, seconds, statuses } = await runMachine({
      ...only({ Type: 'Wait', Seconds: 600 }),
      TimeoutSeconds: 60,
    });
    expect([result, seconds]).toEqual([{ status: 'TIMED_OUT', error: 'States.Timeout' }, 60]);
    expect(statuses.at(-1)).toMatchObject({ status: 'TIMED_OUT', stopDate: START + 60_000 });
  });

  it('leaves no timer behind when it ends before its limit', async () => {
    const { seconds } = await runMachine(
      { ...only({ Type: 'Wait', Seconds: 6 }), TimeoutSeconds: 600 },
      { meanwhile: () => after(1_000_000) },
    );
    expect(seconds).toBe(1_000);
  });

  it('enters states at the pace of the service', async () => {
    const { seconds } = await runMachine(
      only({ Type: 'Map', ItemsPath: '$.list', ItemProcessor: only({ Type: 'Pass' }) }),
      { input: { list: Array(29).fill(0) }, rates: { transitionsPerSecond: 10 } },
    );
    expect(seconds).toBe(2);
  });

  it('is said to be waiting when nothing is left to happen', async () => {
    const stuck = runMachine(campaign, { input: { stacks: [item] }, functions: { apply: () => 1 } });
    await expect(stuck).rejects.toThrow(/nothing left to happen[^]+campaign:run-1 in 'Ring'\n.+in 'Apply'/);
  });
});

describe('a definition', () => {
  it.each([
    ['JSONata', { QueryLanguage: 'JSONata', ...only({ Type: 'Pass' }) }, 'JSONPath definitions'],
    ['Assign', only({ Type: 'Pass', Assign: { a: 1 } }), "state 'It': the engine does not model Assign"],
    ['a heartbeat', only({ Type: 'Task', Resource: fn('a'), HeartbeatSeconds: 5 }), 'HeartbeatSeconds'],
    ['a batcher', only({ Type: 'Map', ItemBatcher: {}, ItemProcessor: only({ Type: 'Pass' }) }), 'ItemBatcher'],
    [
      'another service',
      only({ Type: 'Task', Resource: 'arn:aws:states:::sns:publish' }),
      "'arn:aws:states:::sns:publish'",
    ],
    [
      'a reader of lists',
      only({
        Type: 'Map',
        ItemReader: { Resource: 'arn:aws:states:::s3:listObjectsV2' },
        ItemProcessor: only({ Type: 'Pass' }),
      }),
      'JSON object in S3',
    ],
    ['a Map without processor', only({ Type: 'Map' }), 'needs an ItemProcessor'],
  ])('with %s is refused, not run wrongly', async (_name, definition, message) => {
    await expect(runMachine(definition)).rejects.toThrow(message);
  });
});

describe('a seed', () => {
  const record = async (seed: number) => {
    let n = 0;
    const options: RunOptions = {
      seed,
      input: { stacks: [1, 2, 3, 4, 5, 6].map((id) => ({ ...item, id })) },
      functions: {
        apply: ({ token }: { token: string }, { engine }) => {
          n += 1;
          if (n % 3 === 0) throw failure('Throttled');
          void after(n * 1_000).then(() => engine.sendTaskSuccess(token, '{}'));
        },
        record: () => after(150),
        restore: () => 1,
      },
    };
    const { steps, statuses, calls, result } = await runMachine(campaign, options);
    expect(result.status).toBe('SUCCEEDED');
    return JSON.stringify([steps, statuses, calls]);
  };

  it('gives the same run twice, byte for byte; another seed gives other names', async () => {
    const first = await record(7);
    expect(await record(7)).toBe(first);
    expect(await record(8)).not.toBe(first);
  });
});
