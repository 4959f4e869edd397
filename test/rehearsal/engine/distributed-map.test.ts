import { describe, expect, it } from '@jest/globals';
import { after, failure, fn, MACHINE, only, runMachine, START } from './run-machine.ts';

const child = (fields: object = {}) => ({
  ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' },
  ...only({ Type: 'Task', Resource: fn('work'), ...fields }),
});

const ring = (fields: object = {}, processor: object = child()) => ({
  Type: 'Map',
  Label: 'Canary',
  ItemReader: {
    Resource: 'arn:aws:states:::s3:getObject',
    ReaderConfig: { InputType: 'JSON' },
    Parameters: { Bucket: 'plans', 'Key.$': '$.key' },
  },
  ItemProcessor: processor,
  ...fields,
});

const WRITER = {
  Resource: 'arn:aws:states:::s3:putObject',
  Parameters: { Bucket: 'results', 'Prefix.$': "States.Format('{}/canary', $$.Execution.Name)" },
};

const items = Array.from({ length: 10 }, (_, index) => ({ stack: `app-${index}` }));
const input = { key: 'plan.json' };
const workFailing = (count: number, name = 'Broken') => ({
  work: ({ stack }: { stack: string }) => (Number(stack.slice(4)) < count ? Promise.reject(failure(name)) : { stack }),
});

describe('a distributed Map', () => {
  it('runs each item as an execution of its own, with its own context', async () => {
    const { result, statuses, steps } = await runMachine(
      only(
        ring(
          {
            ItemSelector: {
              'stack.$': '$$.Map.Item.Value.stack',
              'n.$': '$$.Map.Item.Index',
              'campaign.$': '$$.Execution.Name',
            },
          },
          {
            ProcessorConfig: { Mode: 'DISTRIBUTED' },
            ...only({
              Type: 'Pass',
              Parameters: {
                'in.$': '$',
                'own.$': '$$.Execution.Input',
                'id.$': '$$.Execution.Id',
                'of.$': '$$.StateMachine.Name',
              },
            }),
          },
        ),
      ),
      { input, items: items.slice(0, 2) },
    );
    const children = statuses.filter(({ isMapChild, status }) => isMapChild && status === 'RUNNING');
    expect(result.output).toEqual(
      children.map(({ executionArn }, n) => {
        const own = { stack: `app-${n}`, n, campaign: 'run-1' };
        return { in: own, own, id: executionArn, of: 'campaign/Canary' };
      }),
    );
    expect(new Set(children.map(({ name }) => name)).size).toBe(2);
    for (const { executionArn, stateMachineArn, name } of children) {
      expect(name).toMatch(/^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-a[\da-f]{3}-[\da-f]{12}$/);
      expect(stateMachineArn).toBe(`${MACHINE}/Canary`);
      expect(executionArn).toBe(`arn:aws:states:eu-west-1:111111111111:execution:campaign/Canary:${name}`);
      expect(steps.filter((step) => step.executionArn === executionArn).map(({ kind }) => kind)).toEqual([
        'execution-started',
        'state-entered',
        'state-exited',
        'execution-ended',
      ]);
    }
  });

  it('starts children in item order at the pace of the service, at most MaxConcurrency at once', async () => {
    const started = async (fields: object, rate?: number) => {
      const { statuses } = await runMachine(only(ring(fields)), {
        input,
        items,
        functions: { work: () => after(1_000) },
        ...(rate !== undefined && { rates: { mapChildrenPerSecond: rate } }),
      });
      return statuses
        .filter(({ isMapChild, status }) => isMapChild && status === 'RUNNING')
        .map(({ startDate, input: item }) => [(item as { stack: string }).stack, startDate - START]);
    };
    const order = items.map(({ stack }, i) => [stack, i] as const);
    expect(await started({})).toEqual(order.map(([stack, i]) => [stack, i * 10]));
    expect(await started({}, 4)).toEqual(order.map(([stack, i]) => [stack, i * 250]));
    expect(await started({ MaxConcurrency: 5 })).toEqual(
      order.map(([stack, i]) => [stack, i < 5 ? i * 10 : 1_000 + (i - 5) * 10]),
    );
  });

  it('reads constants and paths of the reader, and no more than MaxItems', async () => {
    const reader = ring().ItemReader;
    const { calls } = await runMachine(
      only(ring({ ItemReader: { ...reader, ReaderConfig: { InputType: 'JSON', MaxItems: 3 } } })),
      { input, items, functions: { work: () => 1 } },
    );
    expect(calls.map(({ payload }) => payload)).toEqual(items.slice(0, 3));
  });

  it('takes its items from its input where it has no reader', async () => {
    const { ItemReader: _, ...map } = ring({ ItemsPath: '$.list' });
    const { result } = await runMachine(only(map), { input: { list: items }, functions: workFailing(0) });
    expect(result.output).toEqual(items);
  });

  it('fails with States.ItemReaderFailed when the plan is missing', async () => {
    const { result } = await runMachine(only(ring()), { input: { key: 'missing' }, items });
    expect(result).toEqual({ status: 'FAILED', error: 'States.ItemReaderFailed', cause: 'NoSuchKey: plans/missing' });
  });

  it.each([
    ['none without a tolerance', {}, 1, false],
    ['as many as the percentage', { ToleratedFailurePercentage: 30 }, 3, true],
    ['no more than the percentage', { ToleratedFailurePercentage: 30 }, 4, false],
    ['all of them at 100 %', { ToleratedFailurePercentage: 100 }, 10, true],
    ['as many as the count', { ToleratedFailureCount: 2 }, 2, true],
    ['no more than the count', { ToleratedFailureCount: 2 }, 3, false],
  ])('tolerates %s', async (_name, fields, failures, tolerated) => {
    const { result } = await runMachine(only(ring(fields)), { input, items, functions: workFailing(failures) });
    if (tolerated) expect(result).toEqual({ status: 'SUCCEEDED', output: items.slice(failures) });
    else expect(result).toMatchObject({ status: 'FAILED', error: 'States.ExceedToleratedFailureThreshold' });
  });

  it('stops the running children and begins no others once too many have failed', async () => {
    const { result, statuses, calls, seconds, summary } = await runMachine(
      {
        StartAt: 'It',
        States: {
          It: {
            ...ring(),
            Catch: [{ ErrorEquals: ['States.ExceedToleratedFailureThreshold'], Next: 'Caught' }],
            End: true,
          },
          Caught: { Type: 'Pass', Result: 'caught', End: true },
        },
      },
      {
        input,
        items,
        functions: {
          work: async ({ stack }: { stack: string }) => {
            await after(stack === 'app-3' ? 25 : 3_600_000);
            throw failure('Broken');
          },
        },
      },
    );
    const ends = statuses.filter(({ isMapChild, status }) => isMapChild && status !== 'RUNNING');
    expect([result.output, seconds, calls.length]).toEqual(['caught', 0.055, 6]);
    expect(ends.map(({ status }) => status)).toEqual(['FAILED', ...Array<string>(5).fill('ABORTED')]);
    expect(summary.children).toMatchObject({ started: 6, failed: 1, aborted: 5, succeeded: 0 });
  });

  it('writes its results, and yields where', async () => {
    const { result, files, statuses } = await runMachine(
      only(ring({ ToleratedFailurePercentage: 50, ResultWriter: WRITER, ResultPath: '$.results' })),
      { input, items: items.slice(0, 3), functions: workFailing(1) },
    );
    const output = result.output as { key: string; results: { MapRunArn: string; ResultWriterDetails: object } };
    const [runId] = output.results.MapRunArn.split(':').slice(-1);
    const folder = `run-1/canary/${runId}`;
    expect(output).toEqual({
      key: 'plan.json',
      results: {
        MapRunArn: `arn:aws:states:eu-west-1:111111111111:mapRun:campaign/Canary:${runId}`,
        ResultWriterDetails: { Bucket: 'results', Key: `${folder}/manifest.json` },
      },
    });
    expect(files.get(`results/${folder}/manifest.json`)).toMatchObject({
      DestinationBucket: 'results',
      MapRunArn: output.results.MapRunArn,
      ResultFiles: {
        FAILED: [{ Key: `${folder}/FAILED_0.json` }],
        PENDING: [],
        SUCCEEDED: [{ Key: `${folder}/SUCCEEDED_0.json` }],
      },
    });
    expect(files.get(`results/${folder}/FAILED_0.json`)).toMatchObject([
      { Status: 'FAILED', Error: 'Broken', Input: '{"stack":"app-0"}', StartDate: '2026-11-22T08:00:00.000Z' },
    ]);
    expect(files.get(`results/${folder}/SUCCEEDED_0.json`)).toMatchObject(
      items.slice(1, 3).map((item) => ({
        Status: 'SUCCEEDED',
        Input: JSON.stringify(item),
        Output: JSON.stringify(item),
        ExecutionArn: statuses.find(({ input: sent }) => (sent as typeof item).stack === item.stack)?.executionArn,
      })),
    );
  });

  it('writes no file for what there is none of, and discards with a ResultPath of null', async () => {
    const { result, files } = await runMachine(only(ring({ ResultWriter: WRITER, ResultPath: null })), {
      input,
      items,
      functions: workFailing(0),
    });
    expect(result.output).toEqual(input);
    expect([...files.keys()].map((key) => key.split('/').at(-1))).toEqual(['SUCCEEDED_0.json', 'manifest.json']);
  });

  it('stands for four events and one state in the history of its parent, whatever the number of items', async () => {
    const retry = { Retry: [{ ErrorEquals: ['States.ALL'], MaxAttempts: 2 }] };
    const { summary, engine } = await runMachine(
      only(ring({ ToleratedFailurePercentage: 100, ResultWriter: WRITER, ResultPath: null }, child(retry))),
      { input, items, functions: workFailing(1) },
    );
    expect(summary).toMatchObject({
      statesEntered: 1,
      retries: 0,
      historyEvents: 2 + 4,
      children: {
        started: 10,
        succeeded: 9,
        failed: 1,
        timedOut: 0,
        aborted: 0,
        statesEntered: 10,
        retries: 2,
        maxHistoryEvents: 2 + 5 + 3 + 3,
        maxPayloadBytes: '{"stack":"app-0"}'.length,
      },
    });
    expect(engine.listExecutions(`${MACHINE}/Canary`)).toEqual([]);
  });

  it('keeps a limit of time for each child', async () => {
    const { summary } = await runMachine(
      only(ring({ ToleratedFailurePercentage: 100 }, { ...child(), TimeoutSeconds: 60 })),
      { input, items, functions: { work: () => after(90_000) } },
    );
    expect(summary.children).toMatchObject({ timedOut: 10, maxHistoryEvents: 7 });
  });
});
