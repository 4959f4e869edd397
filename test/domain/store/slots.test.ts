import { describe, expect, it } from '@jest/globals';
import { freeSlot, takeSlot, type Slot } from '../../../domain/store/slots.ts';
import { here, there } from '../fakes/names.ts';
import { aWorld, type World } from '../fakes/world.ts';

const slot = (stackId: string, over: Partial<Slot> = {}): Slot => ({
  campaignId: 'campaign-1',
  target: here,
  direction: 'forward',
  stackId,
  ...over,
});
const take = (world: World, stackId: string, cap = 2) => takeSlot(world, slot(stackId), cap);

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
    await freeSlot(world, slot('a'));
    await freeSlot(world, slot('a'));
    expect(await take(world, 'c')).toBe(true);
    expect(await take(world, 'd')).toBe(false);
  });

  it('are counted for each target, campaign and direction apart', async () => {
    const world = aWorld();
    await take(world, 'a', 1);
    expect(await takeSlot(world, slot('b', { target: there }), 1)).toBe(true);
    expect(await takeSlot(world, slot('b', { campaignId: 'campaign-2' }), 1)).toBe(true);
    expect(await takeSlot(world, slot('b', { direction: 'restore' }), 1)).toBe(true);
    expect(await take(world, 'b', 1)).toBe(false);
  });
});
