import { describe, expect, it } from '@jest/globals';
import { only, runMachine } from './run-machine.ts';

describe('a Pass', () => {
  it.each([[{ a: 1 }], [null], [false], [0], [''], [[]], ['text']])('yields its Result %j', async (Result) => {
    expect((await runMachine(only({ Type: 'Pass', Result }))).result.output).toEqual(Result);
  });

  it('puts Result or Parameters at its ResultPath', async () => {
    const input = { a: 1 };
    const at = async (fields: object) =>
      (await runMachine(only({ Type: 'Pass', ResultPath: '$.r', ...fields }), { input })).result.output;
    expect(await at({ Result: null })).toEqual({ a: 1, r: null });
    expect(await at({ Result: { b: 2 } })).toEqual({ a: 1, r: { b: 2 } });
    expect(await at({ Parameters: { 'c.$': '$.a' } })).toEqual({ a: 1, r: { c: 1 } });
  });
});

describe('a Wait', () => {
  it.each([
    [{ Seconds: 300 }, 300],
    [{ Seconds: 0 }, 0],
    [{ SecondsPath: '$.bakeSeconds' }, 1800],
    [{ Timestamp: '2026-11-22T08:10:00Z' }, 600],
    [{ Timestamp: '2026-11-21T08:10:00Z' }, 0],
    [{ TimestampPath: '$.at' }, 3600],
  ])('lasts by %j', async (fields, seconds) => {
    const input = { bakeSeconds: 1800, at: '2026-11-22T09:00:00Z' };
    const run = await runMachine(only({ Type: 'Wait', ...fields }), { input });
    expect(run).toMatchObject({ seconds, result: { status: 'SUCCEEDED', output: input } });
  });

  it('fails with States.Runtime on seconds that are none', async () => {
    const { result } = await runMachine(only({ Type: 'Wait', SecondsPath: '$.s' }), { input: { s: 'soon' } });
    expect(result.error).toBe('States.Runtime');
  });
});

describe('a Succeed', () => {
  it('ends the execution with its input, by its paths', async () => {
    const input = { a: { b: 1 } };
    const output = async (paths: object) =>
      (await runMachine({ StartAt: 'It', States: { It: { Type: 'Succeed', ...paths } } }, { input })).result;
    expect(await output({})).toEqual({ status: 'SUCCEEDED', output: input });
    expect(await output({ InputPath: '$.a', OutputPath: '$.b' })).toEqual({ status: 'SUCCEEDED', output: 1 });
  });
});

describe('a Fail', () => {
  it.each([
    [
      { Error: 'Restored', Cause: 'budget' },
      { error: 'Restored', cause: 'budget' },
    ],
    [{}, {}],
    [
      { ErrorPath: '$.outcome', CausePath: '$.reason' },
      { error: 'REJECTED', cause: 'too old' },
    ],
    [
      { Error: 'Restored', CausePath: "States.Format('{}: {}', $$.Execution.Name, $.reason)" },
      { error: 'Restored', cause: 'run-1: too old' },
    ],
  ])('ends the execution by %j', async (fields, expected) => {
    const { result } = await runMachine(
      { StartAt: 'It', States: { It: { Type: 'Fail', ...fields } } },
      { input: { outcome: 'REJECTED', reason: 'too old', count: 1 } },
    );
    expect(result).toEqual({ status: 'FAILED', ...expected });
  });

  it('fails with States.Runtime when the cause is no text', async () => {
    const { result } = await runMachine(
      { StartAt: 'It', States: { It: { Type: 'Fail', CausePath: '$.count' } } },
      { input: { count: 1 } },
    );
    expect(result.error).toBe('States.Runtime');
  });
});
