import { describe, expect, it } from '@jest/globals';
import { releaseLease, takeLease } from '../../../domain/store/leases.ts';
import { aWorld } from '../fakes/world.ts';

describe('the lease on a stack', () => {
  it('belongs to one campaign, however often that takes it', async () => {
    const world = aWorld();
    expect(await takeLease(world, 'campaign-1', 'stack')).toBe(true);
    expect(await takeLease(world, 'campaign-1', 'stack')).toBe(true);
    expect(await takeLease(world, 'campaign-2', 'stack')).toBe(false);
    expect(await takeLease(world, 'campaign-2', 'another')).toBe(true);
  });

  it('goes to one of several that come at once', async () => {
    const world = aWorld();
    const taken = await Promise.all(['a', 'b', 'c'].map((id) => takeLease(world, id, 'stack')));
    expect(taken.filter(Boolean)).toHaveLength(1);
  });

  it('is taken over when its holder has been silent for twelve hours', async () => {
    const world = aWorld();
    await takeLease(world, 'campaign-1', 'stack');
    world.clock.advance(12 * 60);
    expect(await takeLease(world, 'campaign-2', 'stack')).toBe(false);
    world.clock.advance(1);
    expect(await takeLease(world, 'campaign-2', 'stack')).toBe(true);
    expect(await takeLease(world, 'campaign-1', 'stack')).toBe(false);
  });

  it('is renewed by taking it again', async () => {
    const world = aWorld();
    await takeLease(world, 'campaign-1', 'stack');
    world.clock.advance(11 * 60);
    await takeLease(world, 'campaign-1', 'stack');
    world.clock.advance(11 * 60);
    expect(await takeLease(world, 'campaign-2', 'stack')).toBe(false);
  });

  it('is given back by its holder only', async () => {
    const world = aWorld();
    await takeLease(world, 'campaign-1', 'stack');
    await releaseLease(world, 'campaign-2', 'stack');
    expect(await takeLease(world, 'campaign-2', 'stack')).toBe(false);
    await releaseLease(world, 'campaign-1', 'stack');
    await releaseLease(world, 'campaign-1', 'stack');
    expect(await takeLease(world, 'campaign-2', 'stack')).toBe(true);
  });
});
