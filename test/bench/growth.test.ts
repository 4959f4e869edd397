import { describe, expect, it } from '@jest/globals';
import { growthExponent } from '../../bench/rehearsals/growth.ts';

const over = (value: (stacks: number) => number) =>
  growthExponent([100, 1_000, 10_000].map((stacks) => ({ stacks, value: value(stacks) })));

describe('growthExponent', () => {
  it('is 0 for what does not depend on the fleet', () => {
    expect(over(() => 128)).toBeCloseTo(0, 10);
  });

  it('is 1 for what is proportional, whatever the factor', () => {
    expect(over((stacks) => 0.37 * stacks)).toBeCloseTo(1, 10);
  });

  it('tells what will not scale', () => {
    expect(over((stacks) => stacks ** 2)).toBeCloseTo(2, 10);
    expect(over((stacks) => stacks * Math.log2(stacks))).toBeGreaterThan(1.1);
  });

  it('is 0 where nothing was counted, and leaves out sizes with nothing', () => {
    expect(over(() => 0)).toBe(0);
    expect(
      growthExponent([
        { stacks: 10, value: 0 },
        { stacks: 100, value: 5 },
        { stacks: 1_000, value: 50 },
      ]),
    ).toBeCloseTo(1, 10);
  });

  it('refuses figures of one size only', () => {
    const point = { stacks: 100, value: 3 };
    expect(() => growthExponent([point, point])).toThrow('at least two sizes');
  });
});
