import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Ring } from '../../../domain/configuration/ring.ts';
import { assignRings, interleave } from '../../../domain/planning/assign-rings.ts';
import { aCandidate } from '../fakes/candidate.ts';
import { aRing } from '../fakes/configuration.ts';

const rings = (...shares: (number | null)[]): Ring[] =>
  shares.map((sharePercent, index) => aRing({ name: `ring${index + 1}`, sharePercent }));
const many = (count: number, { stackName = 'app', ...over }: Parameters<typeof aCandidate>[0] = {}) =>
  Array.from({ length: count }, (_, index) => aCandidate({ ...over, stackName: `${stackName}-${index}` }));
/** How many stacks each ring gets. */
const sizes = (candidates: Parameters<typeof assignRings>[0], of: Ring[]) => {
  const assigned = assignRings(candidates, of);
  return of.map(({ name }) => assigned.filter(({ ring }) => ring === name).length);
};

describe('assignRings', () => {
  it.each([
    [100, [5, null], [5, 95]],
    [101, [5, null], [6, 95]],
    [40, [5, null], [2, 38]],
    [1, [5, null], [1, 0]],
    [2, [5, null], [1, 1]],
    [0, [5, null], [0, 0]],
    [10, [0, null], [0, 10]],
    [10, [100, null], [10, 0]],
    [20, [5, 10, 50, null], [1, 2, 10, 7]],
    [2, [5, 5, 5, null], [1, 1, 0, 0]],
    [10, [50, 10], [5, 5]],
    [7, [null], [7]],
  ])('gives %d stacks to shares of %j as %j', (count, shares, expected) => {
    expect(sizes(many(count), rings(...shares))).toEqual(expected);
  });

  it('follows the tags, and takes the shares of what they leave', () => {
    const tagged = many(3, { stackName: 'tagged', wantedRing: 'ring2' });
    expect(sizes([...tagged, ...many(20)], rings(5, 10, null))).toEqual([1, 2 + 3, 17]);
    expect(assignRings(tagged, rings(5, null)).map(({ ring }) => ring)).toEqual(['ring2', 'ring2', 'ring2']);
  });

  it('takes a share from every account before it takes a second region of any', () => {
    const places = [
      ['1', 'a'],
      ['1', 'b'],
      ['2', 'a'],
      ['2', 'b'],
      ['3', 'a'],
    ] as const;
    const fleet = places.flatMap(([account, region]) => many(4, { account, region, stackName: `${account}${region}` }));
    const canaries = assignRings(fleet, rings(15, null)).filter(({ ring }) => ring === 'ring1');
    expect(canaries.map(({ account }) => account)).toEqual(['1', '2', '3']);
  });

  it('numbers the stacks over all rings, each ring behind the one before', () => {
    const assigned = assignRings(many(30), rings(10, 20, null));
    expect(assigned.map(({ order }) => order)).toEqual(Array.from({ length: 30 }, (_, index) => index));
    expect(assigned.map(({ ring }) => ring)).toEqual(assigned.map(({ ring }) => ring).sort());
  });

  it('loses no stack, doubles none, and gives every share that is one at least one', () => {
    const candidate = fc.record({
      account: fc.constantFrom('1', '2', '3'),
      region: fc.constantFrom('a', 'b'),
      wantedRing: fc.constantFrom(null, null, 'ring1', 'ring3'),
    });
    fc.assert(
      fc.property(fc.array(candidate, { maxLength: 60 }), (list) => {
        const fleet = list.map((over, index) => aCandidate({ ...over, stackName: `app-${index}` }));
        const of = rings(5, 20, null);
        const assigned = assignRings(fleet, of);
        expect(assigned.map(({ stackName }) => stackName).sort()).toEqual(
          fleet.map(({ stackName }) => stackName).sort(),
        );
        for (const { wantedRing, ring } of assigned) expect(wantedRing ?? ring).toBe(ring);
        if (fleet.some(({ wantedRing }) => wantedRing === null)) expect(sizes(fleet, of)[0]).toBeGreaterThan(0);
      }),
    );
  });

  it('gives the same stacks the same places', () => {
    const fleet = [...many(9, { account: '2' }), ...many(9, { region: 'us-east-1' })];
    expect(assignRings(fleet, rings(10, null))).toEqual(assignRings(fleet, rings(10, null)));
  });
});

describe('interleave', () => {
  it('gives every target a turn before any has a second one', () => {
    const fleet = [
      ...many(3, { account: '1', region: 'a', stackName: '1a' }),
      ...many(1, { account: '1', region: 'b', stackName: '1b' }),
      ...many(2, { account: '2', region: 'a', stackName: '2a' }),
    ];
    expect(interleave(fleet).map(({ stackName }) => stackName)).toEqual([
      '1a-0',
      '2a-0',
      '1b-0',
      '1a-1',
      '2a-1',
      '1a-2',
    ]);
  });

  it('begins the stacks that took longest in each target first, and gives every stack the ring it has without that', () => {
    const fleet = ['1', '2'].flatMap((account) => many(20, { account, stackName: `of-${account}` }));
    const times = new Map(fleet.map(({ stackId }, index) => [stackId, (index * 7) % 20]));
    const ringOf = (assigned: ReturnType<typeof assignRings>) =>
      new Map(assigned.map(({ stackId, ring }) => [stackId, ring]));
    const ordered = assignRings(fleet, rings(10, null), times);
    const before = ringOf(assignRings(fleet, rings(10, null)));
    for (const [stackId, ring] of ringOf(ordered)) expect([stackId, ring]).toEqual([stackId, before.get(stackId)]);
    const full = ordered.filter(({ ring }) => ring === 'ring2');
    expect(full.slice(0, 4).map(({ account }) => account)).toEqual(['1', '2', '1', '2']);
    for (const account of ['1', '2']) {
      const own = full.filter((one) => one.account === account).map(({ stackId }) => times.get(stackId) ?? 0);
      expect(own).toEqual(own.toSorted((a, b) => b - a));
    }
  });
});
