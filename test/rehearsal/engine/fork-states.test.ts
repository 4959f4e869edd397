import { describe, expect, it } from '@jest/globals';
import { after, failure, fn, only, runMachine } from './run-machine.ts';

const task = (name: string, fields: object = {}) => ({
  StartAt: name,
  States: { [name]: { Type: 'Task', Resource: fn(name), ...fields, End: true } },
});

describe('a Parallel', () => {
  it('runs its branches at once over the same input and yields their outputs in order', async () => {
    const { result, seconds } = await runMachine(
      only({ Type: 'Parallel', InputPath: '$.in', Branches: [task('slow'), task('fast')], ResultPath: '$.both' }),
      {
        input: { in: { n: 1 } },
        functions: {
          slow: ({ n }: { n: number }) => after(9_000).then(() => n + 1),
          fast: ({ n }: { n: number }) => n + 2,
        },
      },
    );
    expect([result.output, seconds]).toEqual([{ in: { n: 1 }, both: [2, 3] }, 9]);
  });

  it('stops the other branches when one fails', async () => {
    const other = {
      StartAt: 'Wait',
      States: { Wait: { Type: 'Wait', Seconds: 60, Next: 'after' }, ...task('after').States },
    };
    const { result, seconds, calls, steps } = await runMachine(
      only({ Type: 'Parallel', Branches: [other, task('bad')] }),
      {
        functions: { bad: () => after(5_000).then(() => Promise.reject(failure('Bad'))), after: () => 1 },
        meanwhile: () => after(120_000),
      },
    );
    expect([result.error, seconds, calls.map(({ name }) => name)]).toEqual(['Bad', 120, ['bad']]);
    expect(steps.at(-1)).toMatchObject({ kind: 'execution-ended', at: steps[0]!.at + 5_000 });
  });
});

describe('an inline Map', () => {
  const map = (fields: object, processor: object) =>
    only({ Type: 'Map', ItemsPath: '$.list', ...fields, ItemProcessor: processor });

  it('selects what an iteration sees, and keeps the item in its context', async () => {
    const { result } = await runMachine(
      map(
        {
          ItemSelector: { 'item.$': '$$.Map.Item.Value', 'campaign.$': '$.id', run: { 'n.$': '$$.Map.Item.Index' } },
          ResultPath: '$.results',
        },
        only({
          Type: 'Pass',
          Parameters: { 'in.$': '$', 'value.$': '$$.Map.Item.Value', 'all.$': '$$.Execution.Input.id' },
        }),
      ),
      { input: { id: 'c1', list: ['a', 'b'] } },
    );
    expect(result.output).toEqual({
      id: 'c1',
      list: ['a', 'b'],
      results: [
        { in: { item: 'a', campaign: 'c1', run: { n: 0 } }, value: 'a', all: 'c1' },
        { in: { item: 'b', campaign: 'c1', run: { n: 1 } }, value: 'b', all: 'c1' },
      ],
    });
  });

  it('lets one field depend on the item and on the input', async () => {
    const field = { 'id.$': "States.Format('{}/{}', $.id, $$.Map.Item.Value)", 'first.$': '$$.Map.Item.Value' };
    const { result } = await runMachine(map({ ItemSelector: field }, only({ Type: 'Pass' })), {
      input: { id: 'c1', list: ['a', 'b'] },
    });
    expect(result.output).toEqual([
      { id: 'c1/a', first: 'a' },
      { id: 'c1/b', first: 'b' },
    ]);
  });

  it('takes the items as they are without a selector, Parameters as its old name, and an empty list', async () => {
    const echo = { StartAt: 'E', States: { E: { Type: 'Succeed' } } };
    const output = async (fields: object, list: unknown[]) =>
      (await runMachine(map(fields, echo), { input: { list } })).result.output;
    expect(await output({}, [1, { a: 2 }])).toEqual([1, { a: 2 }]);
    expect(await output({ Parameters: { 'v.$': '$$.Map.Item.Value' } }, [1])).toEqual([{ v: 1 }]);
    expect(await output({}, [])).toEqual([]);
  });

  it.each([
    [{ MaxConcurrency: 2 }, 30],
    [{ MaxConcurrency: 1 }, 50],
    [{ MaxConcurrency: 0 }, 10],
    [{ MaxConcurrencyPath: '$.most' }, 20],
  ])('runs at most %j at once, in order', async (fields, expected) => {
    const { seconds, calls } = await runMachine(map(fields, task('slow')), {
      input: { list: [1, 2, 3, 4, 5], most: 3 },
      functions: { slow: () => after(10_000) },
    });
    expect([seconds, calls.map(({ payload }) => payload)]).toEqual([expected, [1, 2, 3, 4, 5]]);
  });

  it('begins no further item and stops the running ones when one fails', async () => {
    const { result, calls, seconds } = await runMachine(map({ MaxConcurrency: 2 }, task('work')), {
      input: { list: [1, 2, 3, 4, 5] },
      functions: { work: (n: number) => after(n * 1_000).then(() => (n === 1 ? Promise.reject(failure('One')) : n)) },
    });
    expect([result.error, calls.length, seconds]).toEqual(['One', 2, 1]);
  });

  it('counts its iterations in the history of the execution', async () => {
    const { summary, steps } = await runMachine(map({}, only({ Type: 'Pass' })), { input: { list: [1, 2, 3] } });
    expect(summary).toMatchObject({ statesEntered: 4, historyEvents: 2 + 3 + 3 * (2 + 2) });
    expect(steps.filter((step) => step.kind === 'state-entered').map(({ iteration }) => iteration)).toEqual([
      undefined,
      0,
      1,
      2,
    ]);
  });

  it('fails past every Catch when the history is full', async () => {
    const { result } = await runMachine(
      map({ Catch: [{ ErrorEquals: ['States.ALL'], Next: 'It' }] }, only({ Type: 'Pass' })),
      { input: { list: Array(6_300).fill(0) }, rates: { transitionsPerSecond: 100_000 } },
    );
    expect(result.error).toBe('States.Runtime');
    expect(result.cause).toContain('25000');
  });

  it('fails with States.Runtime when there is no list', async () => {
    const { result } = await runMachine(map({}, only({ Type: 'Pass' })), { input: { list: 'abc' } });
    expect(result.error).toBe('States.Runtime');
  });
});
