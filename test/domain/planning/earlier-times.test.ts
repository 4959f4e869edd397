import { describe, expect, it } from '@jest/globals';
import { earlierTimes, longestFirst } from '../../../domain/planning/earlier-times.ts';
import { storeCurrent } from '../../../domain/store/promotions.ts';
import { here, stackIdOf, there } from '../fakes/names.ts';
import { aPromotion } from '../fakes/promotion.ts';
import { seedStacks } from '../fakes/seed.ts';
import { aStackRecord } from '../fakes/stack-record.ts';
import { aWorld, type World } from '../fakes/world.ts';

const claimedAt = '2026-11-01T10:00:00.000Z';
const took = (campaignId: string, stackName: string, minutes: number, over: object = {}) =>
  aStackRecord({
    campaignId,
    stackName,
    status: 'done',
    claimedAt,
    endedAt: new Date(Date.parse(claimedAt) + minutes * 60_000).toISOString(),
    ...over,
  });
const promotedBy = (world: World, campaignId: string, at: string, environment = 'production', target = here) =>
  storeCurrent(world, aPromotion({ campaignId, at, environment, ...target }));
const minutesOf = async (world: World) =>
  new Map([...(await earlierTimes(world, 'al2023-base'))].map(([id, time]) => [id, time / 60_000]));

describe('earlier times', () => {
  it('are those of the campaigns that promoted the current images, of each stack the newest', async () => {
    const world = aWorld();
    await promotedBy(world, 'old', '2026-10-01T12:00:00.000Z', 'staging');
    await promotedBy(world, 'new', '2026-11-01T12:00:00.000Z');
    await promotedBy(world, 'new', '2026-11-01T12:00:01.000Z', 'production', there);
    await seedStacks(world, took('old', 'a', 5), took('old', 'b', 6), took('new', 'a', 9), took('never', 'c', 1));
    expect(await minutesOf(world)).toEqual(
      new Map([
        [stackIdOf('a'), 9],
        [stackIdOf('b'), 6],
      ]),
    );
  });

  it('leave out what did not get through, and all but the last three campaigns', async () => {
    const world = aWorld();
    const stacks = [took('c3', 'failed', 5, { status: 'restored' }), took('c3', 'open', 5, { endedAt: null })];
    for (const nth of [1, 2, 3, 4]) {
      await promotedBy(world, `c${nth}`, `2026-0${nth}-01T12:00:00.000Z`, `environment-${nth}`);
      stacks.push(took(`c${nth}`, `of-${nth}`, nth));
    }
    await seedStacks(world, ...stacks);
    expect([...(await minutesOf(world)).keys()].sort()).toEqual([2, 3, 4].map((nth) => stackIdOf(`of-${nth}`)));
  });
});

describe('the longest first', () => {
  const stacks = ['a', 'b', 'c', 'd'].map((stackId) => ({ stackId }));

  it('and before them those that nobody knows', () => {
    const times = new Map([
      ['a', 4],
      ['b', 7],
      ['d', 5],
    ]);
    expect(longestFirst(stacks, times).map(({ stackId }) => stackId)).toEqual(['c', 'b', 'd', 'a']);
  });

  it('leaves the order where nothing is known', () => {
    expect(longestFirst(stacks, new Map())).toEqual(stacks);
  });
});
