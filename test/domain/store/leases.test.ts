import { describe, expect, it } from '@jest/globals';
import { leaseOf, releaseLease, takeLease } from '../../../domain/store/leases.ts';
import { aWorld } from '../fakes/world.ts';

describe('the lease on a stack', () => {
  it('belongs to one campaign, however often that takes it', async () => {
    const world = aWorld();
    expect(await takeLease(world, 'campaign-1', 'stack')).not.toBeNull();
    expect(await takeLease(world, 'campaign-1', 'stack')).not.toBeNull();
    expect(await takeLease(world, 'campaign-2', 'stack')).toBeNull();
    expect(await takeLease(world, 'campaign-2', 'another')).not.toBeNull();
  });

  it('goes to one of several that come at once', async () => {
    const world = aWorld();
    const taken = await Promise.all(['a', 'b', 'c'].map((id) => takeLease(world, id, 'stack')));
    expect(taken.filter((number) => number !== null)).toHaveLength(1);
  });

  it('is taken over when its holder has been silent for twelve hours', async () => {
    const world = aWorld();
    await takeLease(world, 'campaign-1', 'stack');
    world.clock.advance(12 * 60);
    expect(await takeLease(world, 'campaign-2', 'stack')).toBeNull();
    world.clock.advance(1);
    expect(await takeLease(world, 'campaign-2', 'stack')).not.toBeNull();
    expect(await takeLease(world, 'campaign-1', 'stack')).toBeNull();
  });

  it('is renewed by taking it again', async () => {
    const world = aWorld();
    await takeLease(world, 'campaign-1', 'stack');
    world.clock.advance(11 * 60);
    await takeLease(world, 'campaign-1', 'stack');
    world.clock.advance(11 * 60);
    expect(await takeLease(world, 'campaign-2', 'stack')).toBeNull();
  });

  it('is given back by its holder only', async () => {
    const world = aWorld();
    await takeLease(world, 'campaign-1', 'stack');
    await releaseLease(world, 'campaign-2', 'stack');
    expect(await takeLease(world, 'campaign-2', 'stack')).toBeNull();
    await releaseLease(world, 'campaign-1', 'stack');
    await releaseLease(world, 'campaign-1', 'stack');
    expect(await takeLease(world, 'campaign-2', 'stack')).not.toBeNull();
  });

  it('has a number that goes up with each holder, and only then', async () => {
    const world = aWorld();
    expect(await takeLease(world, 'campaign-1', 'stack')).toBe(1);
    expect(await takeLease(world, 'campaign-1', 'stack')).toBe(1);
    await releaseLease(world, 'campaign-1', 'stack');
    expect(await leaseOf(world, 'stack')).toBeNull();
    expect(await takeLease(world, 'campaign-1', 'stack')).toBe(2);
    world.clock.advance(13 * 60);
    expect(await takeLease(world, 'campaign-2', 'stack')).toBe(3);
    expect(await leaseOf(world, 'stack')).toEqual({ campaignId: 'campaign-2', number: 3 });
  });

  it('takes any other trouble of the table for no answer', async () => {
    const world = aWorld();
    const table = { ...world.table, update: () => Promise.reject(new Error('no network')) };
    await expect(takeLease({ ...world, table }, 'campaign-1', 'stack')).rejects.toThrow('no network');
    await expect(releaseLease({ ...world, table }, 'campaign-1', 'stack')).rejects.toThrow('no network');
  });
});
