import { describe, expect, it } from '@jest/globals';
import { isGreen, summaryLine, total } from '../../../scripts/checks/summary.ts';

describe('the summary', () => {
  it('adds up all steps in one line', () => {
    const steps = [
      { passed: 1, failed: 0, skipped: 0 },
      { passed: 40, failed: 2, skipped: 3 },
    ];
    expect(summaryLine(total(steps))).toBe('41 passed, 2 failed, 3 skipped');
  });

  it.each([
    [{ passed: 1, failed: 0, skipped: 9 }, true],
    [{ passed: 9, failed: 1, skipped: 0 }, false],
    [{ passed: 0, failed: 0, skipped: 9 }, false],
  ])('of %j is green: %j', (counts, green) => {
    expect(isGreen(counts)).toBe(green);
  });
});
