import { describe, expect, it } from '@jest/globals';
import { interleave } from '../../../domain/planning/assign-rings.ts';
import { fairShares } from '../../../domain/planning/fair-share.ts';

/** So many stacks in each of the targets, in the order of a plan. */
const plan = (...counts: readonly number[]) =>
  interleave(
    counts.flatMap((count, target) =>
      Array.from({ length: count }, (_, nth) => ({
        account: String(target).padStart(12, '0'),
        region: 'eu-west-1',
        stackId: `${target}/${nth + 1}`,
      })),
    ),
  );

describe('fairShares', () => {
  it('divides the ring among its targets, rounded up, and gives one more', () => {
    expect([...fairShares(plan(1, 1, 1), 10).values()]).toEqual([5, 5, 5]);
    expect([...fairShares(plan(2, 2), 500).values()]).toEqual([251, 251, 251, 251]);
    expect(new Set(fairShares(plan(...Array.from({ length: 400 }, () => 25)), 500).values())).toEqual(new Set([3]));
  });

  it('leaves the ring to those who have stacks left when the others are through', () => {
    const shares = fairShares(plan(4, 1, 2), 6);
    expect([1, 2, 3, 4].map((nth) => shares.get(`0/${nth}`))).toEqual([3, 4, 7, 7]);
    expect(shares.get('1/1')).toBe(3);
    expect(shares.get('2/2')).toBe(4);
  });

  it('lets every target go on: nobody has a share below two', () => {
    expect(Math.min(...fairShares(plan(...Array.from({ length: 50 }, () => 2)), 1).values())).toBe(2);
  });
});
