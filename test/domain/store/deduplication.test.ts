import { describe, expect, it } from '@jest/globals';
import { ConditionFailed } from '../../../domain/ports/table.ts';
import { claimBuild, claimFamily, releaseFamily } from '../../../domain/store/deduplication.ts';
import { outcomes } from '../../../domain/words.ts';
import { seedCampaign } from '../fakes/seed.ts';
import { aWorld, type World } from '../fakes/world.ts';

const build = (world: World, campaignId: string, over: { family?: string; build?: string; scope?: string } = {}) =>
  claimBuild(world, { campaignId, family: 'al2023-base', build: '4711', scope: '*', ...over });
const family = (world: World, campaignId: string, name = 'al2023-base') =>
  claimFamily(world, { campaignId, family: name });
/** A world in which campaign-1 holds build and family, and has ended so. */
const heldBy = async (outcome: (typeof outcomes)[number] | null) => {
  const world = aWorld();
  await build(world, 'campaign-1');
  await family(world, 'campaign-1');
  await seedCampaign(world, { outcome });
  return world;
};

describe('claimBuild', () => {
  it('gives the build to the first, and to the first again', async () => {
    const world = aWorld();
    expect(await build(world, 'campaign-1')).toBeNull();
    expect(await build(world, 'campaign-1')).toBeNull();
    expect(await build(world, 'campaign-2')).toBe('campaign-1');
  });

  it.each([
    ['family', { family: 'windows' }],
    ['build', { build: '4712' }],
    ['scope', { scope: 'production' }],
  ])('does not mix up another %s', async (_what, over) => {
    const world = aWorld();
    await build(world, 'campaign-1');
    expect(await build(world, 'campaign-2', over)).toBeNull();
  });

  it('makes a duplicate only beside a campaign that runs or has promoted', async () => {
    const keepers = [];
    for (const outcome of [null, ...outcomes])
      if ((await build(await heldBy(outcome), 'campaign-2')) !== null) keepers.push(outcome);
    expect(keepers).toEqual([null, 'PROMOTED']);
  });

  it('is decided for one of several that come at once', async () => {
    const world = aWorld();
    const answers = await Promise.all(['a', 'b', 'c'].map((id) => build(world, id)));
    const winners = answers.filter((answer) => answer === null);
    expect(winners).toHaveLength(1);
    expect(new Set(answers.filter((answer) => answer !== null)).size).toBe(1);
  });

  it('is decided for one of several that come after a campaign that was rejected', async () => {
    const world = await heldBy('REJECTED');
    const answers = await Promise.all(['a', 'b'].map((id) => build(world, id)));
    expect(answers.filter((answer) => answer === null)).toHaveLength(1);
  });

  it('gives up on a key that never stands still', async () => {
    const world = aWorld();
    const table: World['table'] = { ...world.table, put: (key) => Promise.reject(new ConditionFailed(key)) };
    await expect(build({ ...world, table }, 'campaign-1')).rejects.toThrow(ConditionFailed);
  });
});

describe('a holder without a record', () => {
  it('is being opened at this moment, and holds the key for as long as that may take', async () => {
    const world = aWorld();
    await build(world, 'campaign-1');
    await family(world, 'campaign-1');
    world.clock.advance(59);
    expect(await build(world, 'campaign-2')).toBe('campaign-1');
    expect(await family(world, 'campaign-2')).toBe('campaign-1');
  });

  it('has died while it was being opened, if that was long ago', async () => {
    const world = aWorld();
    await build(world, 'campaign-1');
    await family(world, 'campaign-1');
    world.clock.advance(60);
    expect(await build(world, 'campaign-2')).toBeNull();
    expect(await family(world, 'campaign-2')).toBeNull();
  });
});

describe('claimFamily', () => {
  it('lets one campaign of a family run at a time', async () => {
    const world = await heldBy(null);
    expect(await family(world, 'campaign-2')).toBe('campaign-1');
    expect(await family(world, 'campaign-2', 'windows')).toBeNull();
  });

  it.each(outcomes)('lets the next one run after %s', async (outcome) => {
    expect(await family(await heldBy(outcome), 'campaign-2')).toBeNull();
  });
});

describe('releaseFamily', () => {
  it('lets the next one run', async () => {
    const world = await heldBy(null);
    await releaseFamily(world, { campaignId: 'campaign-1', family: 'al2023-base' });
    expect(await family(world, 'campaign-2')).toBeNull();
  });

  it('does not take it from a campaign that has it by now', async () => {
    const world = await heldBy(null);
    await releaseFamily(world, { campaignId: 'campaign-0', family: 'al2023-base' });
    expect(await family(world, 'campaign-2')).toBe('campaign-1');
  });
});
