import { describe, expect, it } from '@jest/globals';
import { fn, only, runMachine } from './run-machine.ts';

const input = { image: { id: 'ami-1', tags: { env: 'dev' } }, count: 2, list: [1, 2, 3] };
const echo = { functions: { echo: (payload: unknown) => ({ got: payload, ok: true }) } };
const task = (fields: object) => only({ Type: 'Task', Resource: fn('echo'), ...fields });
const output = async (fields: object) => (await runMachine(task(fields), { input, ...echo })).result.output;

describe('the data of a state', () => {
  it.each([
    ['nothing', {}, { got: input, ok: true }],
    ['InputPath', { InputPath: '$.image' }, { got: input.image, ok: true }],
    ['InputPath $', { InputPath: '$' }, { got: input, ok: true }],
    ['InputPath null', { InputPath: null }, { got: {}, ok: true }],
    [
      'Parameters over InputPath',
      { InputPath: '$.image', Parameters: { 'a.$': '$.id', b: [{ 'c.$': '$.tags.env' }, 1], d: null } },
      { got: { a: 'ami-1', b: [{ c: 'dev' }, 1], d: null }, ok: true },
    ],
    ['ResultSelector', { ResultSelector: { 'id.$': '$.got.image.id', x: 1 } }, { id: 'ami-1', x: 1 }],
    ['ResultPath null', { ResultPath: null }, input],
    ['ResultPath $', { InputPath: '$.list', ResultPath: '$' }, { got: [1, 2, 3], ok: true }],
    [
      'ResultPath into an existing object',
      { InputPath: '$.count', ResultPath: '$.image.tags' },
      { ...input, image: { id: 'ami-1', tags: { got: 2, ok: true } } },
    ],
    [
      'ResultPath into objects that are not there',
      { Parameters: {}, ResultPath: '$.a.b' },
      { ...input, a: { b: { got: {}, ok: true } } },
    ],
    [
      'ResultPath in brackets',
      { Parameters: {}, ResultPath: "$['tag check']" },
      { ...input, 'tag check': { got: {}, ok: true } },
    ],
    ['OutputPath', { ResultPath: '$.r', OutputPath: '$.r.ok' }, true],
    ['OutputPath $', { Parameters: {}, OutputPath: '$' }, { got: {}, ok: true }],
    [
      'selector, then path, then output',
      { ResultSelector: { 'fine.$': '$.ok' }, ResultPath: '$.r', OutputPath: '$.r' },
      { fine: true },
    ],
  ])('follows %s', async (_name, fields, expected) => {
    expect(await output(fields)).toEqual(expected);
  });

  it.each([
    ["States.Format('{}-{}', $.image.id, $.count)", 'ami-1-2'],
    ['States.Array($.count, $.image.id)', [2, 'ami-1']],
    ['States.ArrayLength($.list)', 3],
    ['States.ArrayGetItem($.list, 1)', 2],
    ['States.ArrayContains($.list, 3)', true],
    ['States.MathAdd($.count, 1)', 3],
    ['States.JsonToString($.list)', '[1,2,3]'],
    ['States.StringToJson(\'{"a":1}\')', { a: 1 }],
    ["States.StringSplit('a,b', ',')", ['a', 'b']],
    ['States.JsonMerge($.image, $.image.tags, false)', { ...input.image, env: 'dev' }],
    ["States.Format('{}', States.ArrayLength($.list))", '3'],
    ["States.Hash('a', 'SHA-1')", '86f7e437faa5a7fce15d1ddcb9eaeaea377667b8'],
  ])('evaluates %s', async (call, expected) => {
    expect(await output({ Parameters: { 'value.$': call }, ResultSelector: { 'value.$': '$.got.value' } })).toEqual({
      value: expected,
    });
  });

  it('writes JSON text with quotes and backslashes in it, wherever a template may stand', async () => {
    const said = { text: String.raw`he said "no" in C:\temp` };
    const { result } = await runMachine(
      task({
        Parameters: { deep: [{ 'json.$': 'States.JsonToString($.said)' }] },
        ResultSelector: { 'sent.$': '$.got.deep[0].json', 'own.$': "States.JsonToString($['got'])" },
      }),
      { input: { said }, ...echo },
    );
    const sent = JSON.stringify(said);
    expect(result.output).toEqual({ sent, own: JSON.stringify({ deep: [{ json: sent }] }) });
    await expect(output({ Parameters: { 'a.$': "States.Format('{}', States.JsonToString($))" } })).rejects.toThrow(
      'inside another function',
    );
  });

  it('keeps the data of a function apart from the data of the execution', async () => {
    const { result } = await runMachine(task({ ResultPath: '$.r' }), {
      input: { list: [1] },
      functions: {
        echo: (payload: { list: number[] }) => {
          payload.list.push(2);
          return { at: new Date(0), gone: undefined };
        },
      },
    });
    expect(result.output).toEqual({ list: [1], r: { at: '1970-01-01T00:00:00.000Z' } });
  });

  it('is null for a function that returns nothing', async () => {
    const { result } = await runMachine(task({}), { functions: { echo: () => undefined } });
    expect(result).toEqual({ status: 'SUCCEEDED', output: null });
  });

  it('fails with States.Runtime on a path that leads nowhere, past every Catch and Retry', async () => {
    const { result, calls } = await runMachine(
      {
        StartAt: 'It',
        States: {
          It: {
            Type: 'Task',
            Resource: fn('echo'),
            Parameters: { 'a.$': '$.nowhere' },
            Retry: [{ ErrorEquals: ['States.ALL'] }],
            Catch: [{ ErrorEquals: ['States.ALL'], Next: 'Caught' }],
            End: true,
          },
          Caught: { Type: 'Pass', End: true },
        },
      },
      echo,
    );
    expect(result).toMatchObject({ status: 'FAILED', error: 'States.Runtime' });
    expect(result.cause).toBe(
      "An error occurred while executing the state 'It'. Path expression '$.nowhere' does not point to a value",
    );
    expect(calls).toEqual([]);
  });

  it('fails with States.Runtime when an intrinsic function breaks', async () => {
    const { result } = await runMachine(task({ Parameters: { 'a.$': "States.StringToJson('{')" } }), echo);
    expect(result).toMatchObject({ status: 'FAILED', error: 'States.Runtime' });
  });

  it('fails with States.ResultPathMatchFailure, which a Catch sees, when there is no object to put the result into', async () => {
    const { result } = await runMachine(
      {
        StartAt: 'It',
        States: {
          It: {
            Type: 'Task',
            Resource: fn('echo'),
            ResultPath: '$.r',
            Catch: [{ ErrorEquals: ['States.ResultPathMatchFailure'], Next: 'Caught' }],
            End: true,
          },
          Caught: { Type: 'Pass', End: true },
        },
      },
      { input: [1], ...echo },
    );
    expect(result).toMatchObject({ status: 'SUCCEEDED', output: { Error: 'States.ResultPathMatchFailure' } });
  });

  it('fails with States.DataLimitExceeded, past every Catch, over 256 KiB, even if the result is discarded', async () => {
    const { result, summary } = await runMachine(
      task({ ResultPath: null, Catch: [{ ErrorEquals: ['States.ALL'], Next: 'It' }] }),
      { functions: { echo: () => 'x'.repeat(262_143) } },
    );
    expect(result).toMatchObject({ status: 'FAILED', error: 'States.DataLimitExceeded' });
    expect(summary.maxPayloadBytes).toBe(262_145);
  });
});

describe('the Context Object', () => {
  const context = {
    'id.$': '$$.Execution.Id',
    'name.$': '$$.Execution.Name',
    'start.$': '$$.Execution.StartTime',
    'input.$': '$$.Execution.Input',
    'nested.$': '$$.Execution.Input.list[1]',
    'machine.$': '$$.StateMachine.Id',
    'machineName.$': '$$.StateMachine.Name',
    'state.$': '$$.State.Name',
    'entered.$': '$$.State.EnteredTime',
    'text.$': "States.Format('{} in {}', $$.Execution.Name, $$.State.Name)",
  };
  const seen = {
    id: 'arn:aws:states:eu-west-1:111111111111:execution:campaign:campaign-7',
    name: 'campaign-7',
    start: '2026-11-22T08:00:00.000Z',
    input,
    nested: 2,
    machine: 'arn:aws:states:eu-west-1:111111111111:stateMachine:campaign',
    machineName: 'campaign',
  };

  it('tells of the execution, the machine and the state, also in a branch and after a while', async () => {
    const pass = { Type: 'Pass', Parameters: context, End: true };
    const { result } = await runMachine(
      {
        StartAt: 'Later',
        States: {
          Later: { Type: 'Wait', Seconds: 90, Next: 'Both' },
          Both: { Type: 'Parallel', Branches: [{ StartAt: 'One', States: { One: pass } }], End: true },
        },
      },
      { input, name: 'campaign-7' },
    );
    expect(result.output).toEqual([
      { ...seen, state: 'One', entered: '2026-11-22T08:01:30.000Z', text: 'campaign-7 in One' },
    ]);
  });

  it('can be read by InputPath and by a Choice', async () => {
    const { result } = await runMachine(
      {
        StartAt: 'Which',
        States: {
          Which: {
            Type: 'Choice',
            Choices: [{ Variable: '$$.Execution.Name', StringEquals: 'run-1', Next: 'Name' }],
            Default: 'Lost',
          },
          Name: { Type: 'Pass', InputPath: '$$.Execution.Input.image', End: true },
          Lost: { Type: 'Fail' },
        },
      },
      { input },
    );
    expect(result.output).toEqual(input.image);
  });

  it('has no token where no task waits for one', async () => {
    const { result } = await runMachine(only({ Type: 'Pass', Parameters: { 't.$': '$$.Task.Token' } }));
    expect(result.error).toBe('States.Runtime');
  });
});
