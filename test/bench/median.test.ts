import { describe, expect, it } from '@jest/globals';
import { median } from '../../bench/bundles/median.ts';

describe('median', () => {
  it('is the middle value whatever their order, so that one disturbed measurement does not count', () => {
    expect(median([900, 10, 11])).toBe(11);
  });

  it('is the mean of the two in the middle of an even number', () => {
    expect(median([4, 1, 3, 100])).toBe(3.5);
  });

  it('refuses nothing', () => {
    expect(() => median([])).toThrow('no median');
  });
});
