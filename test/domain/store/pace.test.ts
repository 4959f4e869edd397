import { describe, expect, it } from '@jest/globals';
import { pace } from '../../../domain/store/pace.ts';
import { keys } from '../../../domain/store/keys.ts';
import { here, there } from '../fakes/names.ts';
import { aWorld, type World } from '../fakes/world.ts';

/** Many at the same instant: the clock stands still, the waits are only noted. */
const crowd = async (count: number, world = aWorld(), what: 'claim' | 'update' | 'preview' = 'update') => {
  const waits: number[] = [];
  const results: string[] = [];
  for (let index = 0; index < count; index += 1) {
    let waited = 0;
    const clock = {
      now: () => world.clock.now(),
      sleep: (milliseconds: number) => {
        waited = milliseconds;
        return Promise.resolve();
      },
    };
    await pace({ table: world.table, clock }, here, what).then(
      () => waits.push(waited),
      (error: unknown) => results.push((error as Error).name),
    );
  }
  return { world, waits, refused: results };
};
const nextAt = async (world: World) =>
  Number((await world.table.get(keys.pace(here, 'update')))?.['nextAt']) - world.clock.now().getTime();

describe('pace', () => {
  it.each([
    ['update', [0, 1050, 2100, 3150]],
    ['preview', [0, 1050, 2100, 3150]],
    ['claim', [0, 250, 500, 750]],
  ] as const)('spaces %ss that come at once', async (what, expected) => {
    expect((await crowd(4, aWorld(), what)).waits).toEqual(expected);
  });

  it('does not let a target wait that was asked long ago', async () => {
    const { world } = await crowd(3);
    world.clock.advance(1);
    expect((await crowd(1, world)).waits).toEqual([0]);
  });

  it('lets each target and each kind of call go its own pace', async () => {
    const world = aWorld();
    await pace(world, here, 'update');
    await pace(world, there, 'update');
    await pace(world, here, 'claim');
    expect(world.clock.slept).toEqual([]);
  });

  it('hands a target back to the machine that is too far behind', async () => {
    const { waits, refused } = await crowd(50);
    expect(waits).toHaveLength(20);
    expect(Math.max(...waits)).toBeLessThanOrEqual(20_000);
    expect(new Set(refused)).toEqual(new Set(['Throttled']));
  });

  it('names the target and its queue', async () => {
    const { world } = await crowd(20);
    await expect(pace(world, here, 'update')).rejects.toThrow(
      '100000000001/eu-west-1 has a queue of more than 20 seconds for updates',
    );
  });

  it('reserves nothing for those it sends away, so that the queue does not grow with their retries', async () => {
    const { world } = await crowd(20);
    const before = await nextAt(world);
    await crowd(100, world);
    expect(await nextAt(world)).toBe(before);
  });
});
