import { describe, expect, it } from '@jest/globals';
import { sweep } from '../../../domain/events/sweep.ts';
import { awaitTurn } from '../../../domain/queue/await-turn.ts';
import { wakeQueue } from '../../../domain/queue/settle-turn.ts';
import type { Campaign } from '../../../domain/records/campaign.ts';
import { changeCampaign, findCampaign } from '../../../domain/store/campaigns.ts';
import { keys } from '../../../domain/store/keys.ts';
import { releaseTurn } from '../../../domain/store/turns.ts';
import { aHalt } from '../fakes/halt.ts';
import { seedCampaign, trailOf } from '../fakes/seed.ts';
import { aWorld, type World } from '../fakes/world.ts';

const limits = { maxConcurrent: 3, maxDaily: 20, newWithinDays: 7 };
/** Opens a campaign and lets it ask for its turn. */
const enters = async (world: World, campaignId: string, over: Partial<Campaign> = {}): Promise<void> => {
  await seedCampaign(world, { campaignId, ...over });
  await awaitTurn(world)({ campaignId, taskToken: `token-${campaignId}` });
};
const ends = async (world: World, campaignId: string, family = 'al2023-base'): Promise<void> => {
  await changeCampaign(world, campaignId, { outcome: 'PROMOTED' }, { who: 'test', what: 'x', why: '' });
  await releaseTurn(world, { campaignId, family });
  await wakeQueue(world);
};
const turns = (world: World) =>
  world.executions.completed.map(({ taskToken, output }) => ({
    campaignId: taskToken.replace('token-', ''),
    decision: (output as { decision: string }).decision,
  }));
const goes = (campaignId: string) => ({ campaignId, decision: 'go' });

describe('awaitTurn', () => {
  it('lets a campaign go at once where none runs', async () => {
    const world = aWorld();
    await enters(world, 'a');
    expect(turns(world)).toEqual([goes('a')]);
    expect((await trailOf(world, 'a')).at(-1)).toMatchObject({ what: 'turn taken' });
  });

  it('lets the next of the family go when the first has ended, and says why it waits', async () => {
    const world = aWorld();
    await enters(world, 'a');
    await enters(world, 'b', { environments: ['dev'] });
    expect(turns(world)).toEqual([goes('a')]);
    expect((await trailOf(world, 'b')).at(-1)).toMatchObject({
      what: 'waits in the queue',
      why: 'campaign a of family al2023-base is running',
    });
    await ends(world, 'a');
    expect(turns(world)).toEqual([goes('a'), goes('b')]);
  });

  it('keeps only the newest image in the queue, in whichever order they come', async () => {
    for (const order of [
      ['b', 'c'],
      ['c', 'b'],
    ]) {
      const world = aWorld();
      await enters(world, 'a');
      for (const name of order) await enters(world, name, { builtAt: `2026-11-2${name === 'b' ? 2 : 3}` });
      expect(turns(world)).toEqual([goes('a'), { campaignId: 'b', decision: 'close' }]);
      expect(await findCampaign(world, 'b')).toMatchObject({
        conclusion: 'SUPERSEDED',
        reason: 'campaign c brings a newer image of family al2023-base',
      });
      await ends(world, 'a');
      expect(turns(world).at(-1)).toEqual(goes('c'));
    }
  });

  it.each<[string, Partial<Campaign>, Partial<Campaign>]>([
    ['a scope that the newer one does not move', { environments: ['prod'] }, { environments: ['dev'] }],
    ['all environments, where the newer one moves some', {}, { environments: ['dev'] }],
    ['an older image that somebody has asked for by name', { allowOlder: true }, {}],
    ['another family', { family: 'other' }, {}],
  ])('supersedes none of %s', async (_what, older, newer) => {
    const world = aWorld();
    await enters(world, 'a');
    await enters(world, 'x', { family: 'other' });
    await enters(world, 'b', { builtAt: '2026-11-22', ...older });
    await enters(world, 'c', { builtAt: '2026-11-23', ...newer });
    expect((await findCampaign(world, 'b'))?.conclusion).toBeNull();
  });

  it('never supersedes a running one', async () => {
    const world = aWorld();
    await enters(world, 'a', { builtAt: '2026-11-22' });
    await enters(world, 'b', { builtAt: '2026-11-23' });
    expect((await findCampaign(world, 'a'))?.conclusion).toBeNull();
  });

  it('lets no more run at once than the limit, over all families', async () => {
    const world = aWorld({ campaigns: { ...limits, maxConcurrent: 2 } });
    for (const name of ['a', 'b', 'c']) await enters(world, name, { family: name });
    expect(turns(world)).toEqual([goes('a'), goes('b')]);
    expect((await trailOf(world, 'c')).at(-1)?.why).toContain('campaigns.maxConcurrent');
    await ends(world, 'b', 'b');
    expect(turns(world).at(-1)).toEqual(goes('c'));
  });

  it('lets no more begin in a day than the limit; the sweep lets the rest go on the next', async () => {
    const world = aWorld({ campaigns: { ...limits, maxDaily: 1 } });
    await enters(world, 'a', { family: 'a' });
    await enters(world, 'b', { family: 'b' });
    world.clock.advance(11 * 60);
    await sweep(world)();
    expect(turns(world)).toEqual([goes('a')]);
    world.clock.advance(2 * 60);
    await sweep(world)();
    expect(turns(world)).toEqual([goes('a'), goes('b')]);
  });

  it('takes the place of one that has its outcome and could not give it back', async () => {
    const world = aWorld({ campaigns: { ...limits, maxConcurrent: 1 } });
    await enters(world, 'a', { family: 'a' });
    await changeCampaign(world, 'a', { outcome: 'RESTORED' }, { who: 'test', what: 'x', why: '' });
    await enters(world, 'b', { family: 'b' });
    expect(turns(world)).toEqual([goes('a'), goes('b')]);
  });

  it('waits while everything is halted', async () => {
    const world = aWorld();
    await world.table.put(keys.halt('*'), aHalt());
    await enters(world, 'a');
    expect(turns(world)).toEqual([]);
    await world.table.delete(keys.halt('*'));
    await wakeQueue(world);
    expect(turns(world)).toEqual([goes('a')]);
  });

  it('is asked again by a retry with a new token, and takes one turn', async () => {
    const world = aWorld();
    await enters(world, 'a');
    await awaitTurn(world)({ campaignId: 'a', taskToken: 'token-again' });
    expect(turns(world)).toEqual([goes('a'), goes('again')]);
    expect((await world.table.get(keys.runningCampaigns()))?.['holders']).toEqual(new Set(['a']));
  });

  it('sends away a campaign that was aborted while it waited', async () => {
    const world = aWorld();
    await enters(world, 'a');
    await enters(world, 'b', { environments: ['dev'] });
    await changeCampaign(world, 'b', { phase: 'restoring' }, { who: 'test', what: 'x', why: '' });
    await ends(world, 'a');
    expect(turns(world).at(-1)).toEqual({ campaignId: 'b', decision: 'close' });
  });
});
