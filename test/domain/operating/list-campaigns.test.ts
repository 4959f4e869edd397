import { describe, expect, it } from '@jest/globals';
import { listCampaigns, type CampaignFilter } from '../../../domain/operating/list-campaigns.ts';
import { InvalidCursor } from '../../../domain/operating/page.ts';
import { seedCampaign } from '../fakes/seed.ts';
import { aWorld, type World } from '../fakes/world.ts';

const ask = (world: World, over: Partial<CampaignFilter> = {}) =>
  listCampaigns(world)({ state: 'all', family: null, limit: 2, cursor: null, ...over });
/** Every page's ids. */
const pagesOf = async (world: World, over: Partial<CampaignFilter> = {}): Promise<string[][]> => {
  const found: string[][] = [];
  let cursor: string | null = null;
  do {
    const page = await ask(world, { ...over, cursor });
    found.push(page.items.map(({ campaignId }) => campaignId));
    cursor = page.next;
  } while (cursor !== null);
  return found;
};
const closed = { phase: 'closed', outcome: 'PROMOTED', conclusion: 'PROMOTED' } as const;
const seed = async (running: number, ended: number, family = 'al2023-base'): Promise<World> => {
  const world = aWorld();
  for (let n = 1; n <= running; n += 1)
    await seedCampaign(world, { campaignId: `running-${n}`, startedAt: `2026-11-22T1${n}:00:00.000Z` });
  for (let n = 1; n <= ended; n += 1)
    await seedCampaign(world, {
      campaignId: `ended-${n}`,
      startedAt: `2026-11-21T1${n}:00:00.000Z`,
      family,
      ...closed,
    });
  return world;
};

describe('listCampaigns', () => {
  it('begins with those that run, then the ended ones, the latest first', async () => {
    expect(await pagesOf(await seed(3, 3))).toEqual([
      ['running-3', 'running-2'],
      ['running-1'],
      ['ended-3', 'ended-2'],
      ['ended-1'],
    ]);
  });

  it('has no empty first page where nothing runs', async () => {
    const world = await seed(0, 1);
    expect(await ask(world)).toMatchObject({ items: [{ campaignId: 'ended-1' }], next: null });
    expect(await ask(aWorld())).toEqual({ items: [], next: null });
  });

  it('looks on for a family until something is found', async () => {
    const world = await seed(3, 4, 'other');
    expect(await pagesOf(world, { family: 'other' })).toEqual([
      ['ended-4', 'ended-3'],
      ['ended-2', 'ended-1'],
    ]);
    expect(await pagesOf(world, { family: 'nobody' })).toEqual([[]]);
  });

  it('keeps to what is asked for', async () => {
    const world = await seed(1, 1);
    expect(await pagesOf(world, { state: 'running' })).toEqual([['running-1']]);
    expect(await pagesOf(world, { state: 'ended' })).toEqual([['ended-1']]);
    await expect(ask(world, { cursor: 'nonsense' })).rejects.toThrow(InvalidCursor);
  });
});
