import { describe, expect, it } from '@jest/globals';
import { budgetOf } from '../../../domain/ring/budget.ts';

describe('budgetOf', () => {
  it.each([
    [0, 100, 0],
    [3, 1, 3],
    [{ percent: 5 }, 100, 5],
    [{ percent: 5 }, 99, 4],
    [{ percent: 5 }, 19, 0],
    [{ percent: 5 }, 20, 1],
    [{ percent: 0 }, 1000, 0],
    [{ percent: 100 }, 7, 7],
    [{ percent: 5 }, 0, 0],
  ])('of %j in a ring of %d is %d', (failureBudget, planned, expected) => {
    expect(budgetOf(failureBudget, planned)).toBe(expected);
  });
});
