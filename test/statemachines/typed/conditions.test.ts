import { describe, expect, it } from '@jest/globals';
import type { Condition } from 'aws-cdk-lib/aws-stepfunctions';
import {
  and,
  equals,
  executionInput,
  isFalse,
  isNotNull,
  isNull,
  isOneOf,
  isPositive,
  isTrue,
  not,
  or,
} from '../../../statemachines/typed/index.ts';

const input = executionInput<{
  outcome: 'PROMOTED' | 'RESTORED' | 'REJECTED';
  expected: 'PROMOTED' | 'RESTORED' | 'REJECTED';
  decision: 'approve' | 'reject' | null;
  dryRun: boolean;
  failed: number;
}>();

const failed = { Variable: '$.failed', NumericGreaterThan: 0 };
const dryRun = { Variable: '$.dryRun', BooleanEquals: true };

describe('conditions', () => {
  it.each<[name: string, condition: Condition, rendered: object]>([
    ['equals, string', equals(input.outcome, 'PROMOTED'), { Variable: '$.outcome', StringEquals: 'PROMOTED' }],
    ['equals, number', equals(input.failed, 2), { Variable: '$.failed', NumericEquals: 2 }],
    ['equals, boolean', equals(input.dryRun, false), { Variable: '$.dryRun', BooleanEquals: false }],
    ['equals, nullable', equals(input.decision, 'approve'), { Variable: '$.decision', StringEquals: 'approve' }],
    [
      'equals, reference',
      equals(input.outcome, input.expected),
      { Variable: '$.outcome', StringEqualsPath: '$.expected' },
    ],
    ['isOneOf, one', isOneOf(input.decision, 'reject'), { Variable: '$.decision', StringEquals: 'reject' }],
    [
      'isOneOf, several',
      isOneOf(input.outcome, 'REJECTED', 'RESTORED'),
      {
        Or: [
          { Variable: '$.outcome', StringEquals: 'REJECTED' },
          { Variable: '$.outcome', StringEquals: 'RESTORED' },
        ],
      },
    ],
    ['isTrue', isTrue(input.dryRun), dryRun],
    ['isFalse', isFalse(input.dryRun), { Variable: '$.dryRun', BooleanEquals: false }],
    ['isPositive', isPositive(input.failed), failed],
    ['isNull', isNull(input.decision), { Variable: '$.decision', IsNull: true }],
    ['isNotNull', isNotNull(input.decision), { Variable: '$.decision', IsNull: false }],
    ['and', and(isTrue(input.dryRun), isPositive(input.failed)), { And: [dryRun, failed] }],
    ['or', or(isTrue(input.dryRun), isPositive(input.failed)), { Or: [dryRun, failed] }],
    ['not', not(isPositive(input.failed)), { Not: failed }],
  ])('%s', (_, condition, rendered) => {
    expect(condition.renderCondition()).toEqual(rendered);
  });
});
