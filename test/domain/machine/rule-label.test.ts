import { describe, expect, it } from '@jest/globals';
import { ruleLabel } from '../../../domain/machine/rule-label.ts';

describe('ruleLabel', () => {
  it.each([
    [{ Variable: '$.tagCheck.verdict.passed', BooleanEquals: true, Next: 'A' }, 'passed'],
    [{ Variable: '$.passed', BooleanEquals: false, Next: 'A' }, 'not passed'],
    [{ Variable: '$.open.decision', StringEquals: 'go', Next: 'A' }, 'decision = go'],
    [{ Variable: "$.rings['us-east'].stacks", NumericGreaterThan: 0, Next: 'A' }, 'stacks > 0'],
    [{ Variable: '$.a.count', NumericLessThanEqualsPath: '$.b.limit', Next: 'A' }, 'count ≤ limit'],
    [{ Variable: '$.plan', IsNull: true, Next: 'A' }, 'plan is null'],
    [{ Variable: '$.plan', IsPresent: false, Next: 'A' }, 'plan is not present'],
    [{ Not: { Variable: '$.plan', IsNull: true }, Next: 'A' }, 'not plan is null'],
    [
      {
        And: [
          { Variable: '$.a', BooleanEquals: true },
          {
            Or: [
              { Variable: '$.b', StringMatches: 'x*' },
              { Variable: '$.c', BooleanEquals: true },
            ],
          },
        ],
        Next: 'A',
      },
      'a and b matches x* or c',
    ],
  ])('%#: %j', (rule, label) => {
    expect(ruleLabel(rule)).toBe(label);
  });
});
