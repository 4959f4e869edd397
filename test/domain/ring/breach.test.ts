import { describe, expect, it } from '@jest/globals';
import { judgeFailures } from '../../../domain/ring/breach.ts';
import { aRing } from '../fakes/configuration.ts';

const ids = (account: string, count: number) =>
  Array.from({ length: count }, (_, nth) => `arn:aws:cloudformation:eu-west-1:${account}:stack/app-${nth}/1`);
const planned = { total: 100, byAccount: { '1': 40, '2': 60 } };
const judge = (failed: string[], over: Parameters<typeof aRing>[0]) =>
  judgeFailures(aRing({ failureBudget: 10, ...over }), failed, planned).breach;

describe('judgeFailures', () => {
  it.each([
    ['within both budgets', [...ids('1', 2), ...ids('2', 2)], 2, null],
    ['without a budget for accounts', ids('1', 10), null, null],
    ['beyond the ring’s', [...ids('1', 5), ...ids('2', 6)], 6, 'ring canary has 11 failed stacks, its budget is 10'],
    [
      'beyond an account’s',
      [...ids('1', 3), ...ids('2', 1)],
      2,
      'account 1 has 3 failed stacks in ring canary, its budget is 2',
    ],
    ['at an account’s share', ids('2', 3), { percent: 5 }, null],
    [
      'beyond an account’s share',
      ids('1', 3),
      { percent: 5 },
      'account 1 has 3 failed stacks in ring canary, its budget is 2',
    ],
  ] as const)('%s', (_what, failed, accountFailureBudget, breach) => {
    expect(judge([...failed], { accountFailureBudget })).toBe(breach);
  });

  it('tolerates nothing in a ring that nobody has configured', () => {
    expect(judgeFailures(undefined, ids('1', 1), planned)).toEqual({
      failures: 1,
      budget: 0,
      breach: 'ring (not configured) has 1 failed stacks, its budget is 0',
    });
    expect(judgeFailures(undefined, [], planned)).toEqual({ failures: 0, budget: 0, breach: null });
  });

  it('tolerates nothing in an account that the plan does not know', () => {
    expect(judge(['no ARN at all'], { accountFailureBudget: { percent: 50 } })).toBe(
      'account  has 1 failed stacks in ring canary, its budget is 0',
    );
  });
});
