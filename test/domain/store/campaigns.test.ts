import { describe, expect, it } from '@jest/globals';
import { ConditionFailed } from '../../../domain/ports/table.ts';
import {
  changeCampaign,
  createCampaign,
  findCampaign,
  getCampaign,
  noteDecision,
  unfinishedCampaigns,
} from '../../../domain/store/campaigns.ts';
import { aCampaign } from '../fakes/campaign.ts';
import { seedCampaign, trailOf } from '../fakes/seed.ts';
import { aWorld, type World } from '../fakes/world.ts';

const decision = (what: string) => ({ who: 'test', what, why: '' });
const whats = async (world: World) => (await trailOf(world)).map(({ what }) => what);

describe('createCampaign', () => {
  it('writes the record with the first entry of its trail', async () => {
    const world = aWorld();
    const campaign = await seedCampaign(world);
    expect(await findCampaign(world, 'campaign-1')).toMatchObject(campaign);
    expect(await trailOf(world)).toMatchObject([{ sequence: 1, what: 'campaign opened', previousHash: '' }]);
  });

  it('passes on any other trouble of the table', async () => {
    const world = aWorld();
    const table: World['table'] = { ...world.table, transact: () => Promise.reject(new Error('no network')) };
    await expect(createCampaign({ ...world, table }, aCampaign(), decision('x'))).rejects.toThrow('no network');
  });

  it('changes nothing about a campaign that is there', async () => {
    const world = aWorld();
    await seedCampaign(world);
    await createCampaign(world, aCampaign({ family: 'other' }), decision('again'));
    expect((await getCampaign(world, 'campaign-1')).family).toBe('al2023-base');
    expect(await whats(world)).toEqual(['campaign opened']);
  });
});

describe('unfinishedCampaigns', () => {
  it('are those without an outcome, by the time of their start', async () => {
    const world = aWorld();
    await seedCampaign(world, { campaignId: 'late', startedAt: '2026-11-22T11:00:00.000Z' });
    await seedCampaign(world, { campaignId: 'early', startedAt: '2026-11-22T10:00:00.000Z' });
    await seedCampaign(world, { campaignId: 'over', outcome: 'PROMOTED' });
    expect(await Array.fromAsync(unfinishedCampaigns(world))).toMatchObject([
      { campaignId: 'early' },
      { campaignId: 'late' },
    ]);
  });
});

describe('getCampaign', () => {
  it('says which campaign there is none of', async () => {
    const world = aWorld();
    expect(await findCampaign(world, 'campaign-9')).toBeUndefined();
    await expect(getCampaign(world, 'campaign-9')).rejects.toMatchObject({
      name: 'CampaignNotFound',
      message: 'there is no campaign campaign-9 in the table',
    });
  });
});

describe('changeCampaign', () => {
  it('changes the record and links the decision to the ones before it', async () => {
    const world = aWorld();
    await seedCampaign(world);
    await changeCampaign(world, 'campaign-1', { fence: 2 }, decision('fence raised'));
    await noteDecision(world, 'campaign-1', decision('noted'));
    const [first, second, third] = await trailOf(world);
    expect(second).toMatchObject({ sequence: 2, previousHash: first?.hash, what: 'fence raised' });
    expect(third).toMatchObject({ sequence: 3, previousHash: second?.hash, what: 'noted' });
    expect(await getCampaign(world, 'campaign-1')).toMatchObject({ fence: 2 });
  });

  it('gives the campaign as it is afterwards', async () => {
    const world = aWorld();
    await seedCampaign(world);
    expect(await changeCampaign(world, 'campaign-1', { fence: 2 }, decision('x'))).toMatchObject({
      campaignId: 'campaign-1',
      fence: 2,
    });
  });

  it('loses no entry and forks no chain under concurrency', async () => {
    const world = aWorld();
    await seedCampaign(world);
    await Promise.all(
      Array.from({ length: 15 }, (_, index) => noteDecision(world, 'campaign-1', decision(`note ${index}`))),
    );
    const entries = await trailOf(world);
    expect(entries.map(({ sequence }) => sequence)).toEqual(Array.from({ length: 16 }, (_, index) => index + 1));
    expect(new Set(entries.map(({ what }) => what)).size).toBe(16);
    entries.slice(1).forEach((entry, index) => expect(entry.previousHash).toBe(entries[index]?.hash));
  });

  it('writes neither record nor trail where the campaign is not in the state that the change asks for', async () => {
    const world = aWorld();
    await seedCampaign(world, { phase: 'closed' });
    const change = changeCampaign(world, 'campaign-1', { phase: 'restoring' }, decision('x'), {
      equals: { phase: 'running' },
    });
    await expect(change).rejects.toThrow(ConditionFailed);
    expect((await getCampaign(world, 'campaign-1')).phase).toBe('closed');
    expect(await whats(world)).toEqual(['campaign opened']);
  });

  it('lets exactly one of several through that ask for the same state', async () => {
    const world = aWorld();
    await seedCampaign(world);
    const results = await Promise.allSettled(
      [1, 2, 3].map((n) =>
        changeCampaign(world, 'campaign-1', { phase: 'restoring', fence: n }, decision(`n ${n}`), {
          equals: { phase: 'running' },
        }),
      ),
    );
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(await whats(world)).toHaveLength(2);
  });

  it('judges the state anew when it repeats', async () => {
    const world = aWorld();
    await seedCampaign(world);
    let interfere = true;
    const table: World['table'] = {
      ...world.table,
      transact: async (writes) => {
        if (interfere) {
          interfere = false;
          await changeCampaign(world, 'campaign-1', { phase: 'closed' }, decision('in between'));
        }
        return world.table.transact(writes);
      },
    };
    const change = changeCampaign({ ...world, table }, 'campaign-1', { fence: 2 }, decision('x'), {
      equals: { phase: 'running' },
    });
    await expect(change).rejects.toThrow(ConditionFailed);
    expect(await whats(world)).toEqual(['campaign opened', 'in between']);
  });

  it('gives up on a trail that never lets it in', async () => {
    const world = aWorld();
    await seedCampaign(world);
    let tries = 0;
    const table: World['table'] = {
      ...world.table,
      transact: ([first]) => {
        tries += 1;
        return Promise.reject(new ConditionFailed(first!.key));
      },
    };
    await expect(noteDecision({ ...world, table }, 'campaign-1', decision('x'))).rejects.toMatchObject({
      name: 'RecordChanged',
    });
    expect(tries).toBe(20);
    // Writers that have met make way for each other, longer each time.
    expect(world.clock.slept).toHaveLength(19);
    expect(world.clock.slept).toEqual([...world.clock.slept].sort((a, b) => a - b));
    expect(world.clock.slept[0]).toBeGreaterThanOrEqual(10);
  });

  it('makes no campaign out of nothing', async () => {
    await expect(noteDecision(aWorld(), 'campaign-9', decision('x'))).rejects.toMatchObject({
      name: 'CampaignNotFound',
    });
  });
});
