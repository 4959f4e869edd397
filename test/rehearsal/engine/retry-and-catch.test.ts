import { describe, expect, it } from '@jest/globals';
import { after, failure, fn, only, runMachine } from './run-machine.ts';

/** A function that fails with these errors, one a call, and then succeeds. */
const failing = (...names: string[]) => {
  const left = [...names];
  return () => {
    const name = left.shift();
    return name === undefined ? 'done' : Promise.reject(failure(name));
  };
};

const retried = async (retry: object[], errors: string[], seed = 1) =>
  runMachine(only({ Type: 'Task', Resource: fn('it'), Retry: retry }), { functions: { it: failing(...errors) }, seed });

const A = ['Throttled', 'Throttled', 'Throttled', 'Throttled'];

describe('Retry', () => {
  it('waits in virtual time, longer each time, up to MaxDelaySeconds', async () => {
    const { result, calls } = await retried(
      [{ ErrorEquals: ['Throttled'], IntervalSeconds: 10, BackoffRate: 3, MaxAttempts: 5, MaxDelaySeconds: 60 }],
      A,
    );
    expect(result.output).toBe('done');
    expect(calls.map(({ second }) => second)).toEqual([0, 10, 40, 100, 160]);
  });

  it('has three attempts, one second and a rate of two by default', async () => {
    const { result, calls } = await retried([{ ErrorEquals: ['States.ALL'] }], A);
    expect(result.error).toBe('Throttled');
    expect(calls.map(({ second }) => second)).toEqual([0, 1, 3, 7]);
  });

  it('counts the attempts of each retrier by itself; the first that matches decides', async () => {
    const { result, calls } = await retried(
      [
        { ErrorEquals: ['Busy'], IntervalSeconds: 5, MaxAttempts: 1 },
        { ErrorEquals: ['States.ALL'], IntervalSeconds: 1, MaxAttempts: 9 },
      ],
      ['Throttled', 'Busy', 'Throttled', 'Busy'],
    );
    expect(result.error).toBe('Busy');
    expect(calls.map(({ second }) => second)).toEqual([0, 1, 6, 8]);
  });

  it('does not retry with MaxAttempts 0', async () => {
    const none = { ErrorEquals: ['Busy'], MaxAttempts: 0 };
    expect((await retried([none, { ErrorEquals: ['States.ALL'] }], ['Busy'])).result.error).toBe('Busy');
  });

  it('takes States.TaskFailed for every error but a timeout', async () => {
    expect((await retried([{ ErrorEquals: ['States.TaskFailed'] }], ['Any'])).result.output).toBe('done');
    const { result, calls } = await runMachine(
      only({ Type: 'Task', Resource: fn('it'), TimeoutSeconds: 1, Retry: [{ ErrorEquals: ['States.TaskFailed'] }] }),
      { functions: { it: () => after(5_000) } },
    );
    expect([result.error, calls.length]).toEqual(['States.Timeout', 1]);
  });

  it('draws full jitter from the seed', async () => {
    const jitter = [{ ErrorEquals: ['Throttled'], IntervalSeconds: 100, MaxAttempts: 4, JitterStrategy: 'FULL' }];
    const times = async (seed: number) => (await retried(jitter, A, seed)).calls.map(({ second }) => second);
    const first = await times(1);
    expect(await times(1)).toEqual(first);
    expect(await times(2)).not.toEqual(first);
    const waits = first.slice(1).map((second, i) => second - first[i]!);
    waits.forEach((wait, i) => {
      expect(wait).toBeGreaterThanOrEqual(0);
      expect(wait).toBeLessThanOrEqual(100 * 2 ** i);
    });
  });

  it('evaluates the state anew, with the number of retries in its context', async () => {
    const { calls, steps, summary } = await runMachine(
      only({
        Type: 'Task',
        Resource: fn('it'),
        Parameters: { 'n.$': '$$.State.RetryCount' },
        Retry: [{ ErrorEquals: ['States.ALL'] }],
      }),
      { functions: { it: failing('X', 'Y') } },
    );
    expect(calls.map(({ payload }) => payload)).toEqual([{ n: 0 }, { n: 1 }, { n: 2 }]);
    expect(summary).toMatchObject({ statesEntered: 1, retries: 2, historyEvents: 2 + 5 + 3 + 3 });
    expect(steps.filter(({ kind }) => kind === 'state-retried')).toMatchObject([
      { state: 'It', attempt: 1, error: 'X' },
      { state: 'It', attempt: 2, error: 'Y' },
    ]);
  });

  it('repeats a Parallel as a whole', async () => {
    const branch = { StartAt: 'In', States: { In: { Type: 'Task', Resource: fn('it'), End: true } } };
    const { result, calls } = await runMachine(
      only({ Type: 'Parallel', Branches: [branch], Retry: [{ ErrorEquals: ['X'], IntervalSeconds: 4 }] }),
      { functions: { it: failing('X') } },
    );
    expect([result.output, calls.map(({ second }) => second)]).toEqual([['done'], [0, 4]]);
  });
});

describe('Catch', () => {
  const caught = async (catchers: object[], error = 'Busy', fields: object = {}) =>
    runMachine(
      {
        StartAt: 'It',
        States: {
          It: { Type: 'Task', Resource: fn('it'), ...fields, Catch: catchers, End: true },
          One: { Type: 'Pass', ResultPath: '$.by', Result: 'one', End: true },
          Two: { Type: 'Pass', ResultPath: '$.by', Result: 'two', End: true },
        },
      },
      { input: { keep: { me: 1 } }, functions: { it: failing(...Array<string>(9).fill(error)) } },
    );
  const Cause = JSON.stringify({ errorType: 'Busy', errorMessage: 'it broke', trace: [] });
  const all = { ErrorEquals: ['States.ALL'], Next: 'One' };

  it.each([
    ['replaces the input by the error', {}, { Error: 'Busy', Cause, by: 'one' }],
    [
      'puts the error at ResultPath',
      { ResultPath: '$.keep.error' },
      { keep: { me: 1, error: { Error: 'Busy', Cause } }, by: 'one' },
    ],
    ['discards the error with a ResultPath of null', { ResultPath: null }, { keep: { me: 1 }, by: 'one' }],
    ['replaces the input with a ResultPath of $', { ResultPath: '$' }, { Error: 'Busy', Cause, by: 'one' }],
  ])('%s', async (_name, fields, expected) => {
    expect((await caught([{ ...all, ...fields }])).result).toEqual({ status: 'SUCCEEDED', output: expected });
  });

  it('goes by the first entry that names the error, after the last retry', async () => {
    const { result, calls, steps } = await caught([{ ErrorEquals: ['Gone', 'Busy'], Next: 'Two' }, all], 'Busy', {
      Retry: [{ ErrorEquals: ['Busy'], MaxAttempts: 1 }],
    });
    expect([result.output, calls.length]).toEqual([expect.objectContaining({ by: 'two' }), 2]);
    expect(steps).toContainEqual(
      expect.objectContaining({ kind: 'state-caught', state: 'It', error: 'Busy', next: 'Two' }),
    );
  });

  it('lets an error pass that no entry names', async () => {
    expect((await caught([{ ErrorEquals: ['Gone'], Next: 'Two' }])).result.error).toBe('Busy');
  });

  it('catches a timeout by its name', async () => {
    const timeout = { ErrorEquals: ['States.Timeout'], Next: 'Two', ResultPath: null };
    const { result } = await runMachine(
      {
        StartAt: 'It',
        States: {
          It: { Type: 'Task', Resource: fn('it'), TimeoutSeconds: 1, Catch: [timeout], End: true },
          Two: { Type: 'Pass', Result: 'two', End: true },
        },
      },
      { functions: { it: () => after(2_000) } },
    );
    expect(result.output).toBe('two');
  });

  it('sees what went wrong inside a Parallel or a Map', async () => {
    const inner = { StartAt: 'In', States: { In: { Type: 'Fail', Error: 'Inner', Cause: 'because' } } };
    const states = [
      { Type: 'Parallel', Branches: [inner] },
      { Type: 'Map', ItemsPath: '$.list', ItemProcessor: inner },
    ];
    for (const state of states) {
      const { result } = await runMachine(
        {
          StartAt: 'It',
          States: {
            It: { ...state, Catch: [{ ErrorEquals: ['Inner'], Next: 'Done', ResultPath: '$.error' }], End: true },
            Done: { Type: 'Succeed', OutputPath: '$.error' },
          },
        },
        { input: { list: [1] } },
      );
      expect(result.output).toEqual({ Error: 'Inner', Cause: 'because' });
    }
  });
});
