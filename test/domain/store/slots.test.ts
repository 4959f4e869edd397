import { describe, expect, it } from '@jest/globals';
import { freeSlot, takeSlot } from '../../../domain/store/slots.ts';
import { here, there } from '../fakes/names.ts';
import { aWorld, type World } from '../fakes/world.ts';

const take = (world: World, stackId: string, cap = 2) => takeSlot(world, 'campaign-1', here, stackId, cap);

describe('the slots of a target', () => {
  it('are as many as the cap, also for those that come at once', async () => {
    const world = aWorld();
    const taken = await Promise.all(['a', 'b', 'c', 'd'].map((id) => take(world, id)));
    expect(taken).toEqual([true, true, false, false]);
  });

  it('are taken once by a stack that takes twice', async () => {
    const world = aWorld();
    await take(world, 'a');
    expect(await take(world, 'a')).toBe(true);
    expect(await take(world, 'b')).toBe(true);
    expect(await take(world, 'a')).toBe(true);
    expect(await take(world, 'c')).toBe(false);
  });

  it('are free again when they are given back, once', async () => {
    const world = aWorld();
    await take(world, 'a');
    await take(world, 'b');
    await freeSlot(world, 'campaign-1', here, 'a');
    await freeSlot(world, 'campaign-1', here, 'a');
    expect(await take(world, 'c')).toBe(true);
    expect(await take(world, 'd')).toBe(false);
  });

  it('are counted for each target and campaign apart', async () => {
    const world = aWorld();
    await take(world, 'a', 1);
    expect(await takeSlot(world, 'campaign-1', there, 'b', 1)).toBe(true);
    expect(await takeSlot(world, 'campaign-2', here, 'b', 1)).toBe(true);
    expect(await take(world, 'b', 1)).toBe(false);
  });
});
