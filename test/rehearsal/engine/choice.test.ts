import { describe, expect, it } from '@jest/globals';
import type { AslChoiceRule } from '../../../rehearsal/engine/asl.ts';
import { runMachine } from './run-machine.ts';

const input = {
  text: 'abc',
  other: 'abc',
  digits: '3',
  three: 3,
  five: 5,
  yes: true,
  nothing: null,
  time: '2026-11-22T08:00:00Z',
};

const decide = async (rule: AslChoiceRule) => {
  const { result } = await runMachine(
    {
      StartAt: 'Which',
      States: {
        Which: { Type: 'Choice', Choices: [{ ...rule, Next: 'Match' }], Default: 'No Match' },
        Match: { Type: 'Pass', Result: true, End: true },
        'No Match': { Type: 'Pass', Result: false, End: true },
      },
    },
    { input },
  );
  return result.output ?? result.error;
};

describe('a Choice', () => {
  it.each<[boolean | string, AslChoiceRule]>([
    [true, { Variable: '$.text', StringEquals: 'abc' }],
    [false, { Variable: '$.text', StringEquals: 'ABC' }],
    [true, { Variable: '$.text', StringEqualsPath: '$.other' }],
    [true, { Variable: '$.text', StringLessThan: 'abd' }],
    [true, { Variable: '$.text', StringMatches: 'a*' }],
    [false, { Variable: '$.text', StringMatches: 'a?c' }],
    [false, { Variable: '$.three', StringMatches: '*' }],
    [false, { Variable: '$.three', StringLessThan: '9' }],
    [true, { Variable: '$.three', NumericEquals: 3 }],
    [false, { Variable: '$.digits', NumericEquals: 3 }],
    [true, { Variable: '$.three', NumericLessThan: 5 }],
    [false, { Variable: '$.digits', NumericLessThan: 5 }],
    [true, { Variable: '$.three', NumericLessThanPath: '$.five' }],
    [true, { Variable: '$.five', NumericGreaterThanEquals: 5 }],
    [false, { Variable: '$.nothing', NumericGreaterThanEquals: 0 }],
    [true, { Variable: '$.yes', BooleanEquals: true }],
    [false, { Variable: '$.text', BooleanEquals: true }],
    [true, { Variable: '$.time', TimestampLessThan: '2026-11-22T08:00:01Z' }],
    [true, { Variable: '$.time', TimestampEquals: '2026-11-22T09:00:00+01:00' }],
    [true, { Variable: '$.text', IsPresent: true }],
    [false, { Variable: '$.text', IsPresent: false }],
    [false, { Variable: '$.gone', IsPresent: true }],
    [true, { Variable: '$.gone', IsPresent: false }],
    [true, { Variable: '$.gone.deeper', IsPresent: false }],
    [true, { Variable: '$.nothing', IsNull: true }],
    [true, { Variable: '$.text', IsNull: false }],
    [true, { Variable: '$.nothing', IsPresent: true }],
    [true, { Variable: '$.text', IsString: true }],
    [true, { Variable: '$.three', IsString: false }],
    [true, { Variable: '$.three', IsNumeric: true }],
    [false, { Variable: '$.digits', IsNumeric: true }],
    [true, { Variable: '$.yes', IsBoolean: true }],
    [true, { Variable: '$.time', IsTimestamp: true }],
    [false, { Variable: '$.three', IsTimestamp: true }],
    [
      true,
      {
        And: [
          { Variable: '$.gone', IsPresent: false },
          { Variable: '$.yes', BooleanEquals: true },
        ],
      },
    ],
    [
      true,
      {
        Or: [{ Variable: '$.three', NumericEquals: 4 }, { Not: { Variable: '$.five', NumericEquals: 4 } }],
      },
    ],
    [
      false,
      {
        And: [
          { Variable: '$.gone', IsPresent: true },
          { Variable: '$.gone', StringEquals: 'x' },
        ],
      },
    ],
    ['States.Runtime', { Variable: '$.gone', StringEquals: 'x' }],
    ['States.Runtime', { Variable: '$.gone', NumericLessThan: 1 }],
    ['States.Runtime', { Variable: '$.gone', IsNull: true }],
  ])('is %s for %j', async (expected, rule) => {
    expect(await decide(rule)).toBe(expected);
  });

  it('takes the first rule that matches, hands the input on, and obeys its paths', async () => {
    const rule = (value: number, Next: string) => ({ Variable: '$.three', NumericLessThan: value, Next });
    const pass = { Type: 'Pass', End: true };
    const { result } = await runMachine(
      {
        StartAt: 'Which',
        States: {
          Which: {
            Type: 'Choice',
            InputPath: '$.in',
            OutputPath: '$.out',
            Choices: [rule(1, 'One'), rule(4, 'Four'), rule(9, 'Nine')],
          },
          One: pass,
          Four: { ...pass, Parameters: { 'four.$': '$.five' } },
          Nine: pass,
        },
      },
      { input: { in: { three: 3, out: { five: 5 } } } },
    );
    expect(result.output).toEqual({ four: 5 });
  });

  it('fails with States.NoChoiceMatched without a default', async () => {
    const { result } = await runMachine(
      {
        StartAt: 'Which',
        States: {
          Which: { Type: 'Choice', Choices: [{ Variable: '$.three', NumericEquals: 1, Next: 'One' }] },
          One: { Type: 'Succeed' },
        },
      },
      { input },
    );
    expect(result).toMatchObject({ status: 'FAILED', error: 'States.NoChoiceMatched' });
  });
});
