import { describe, expect, it } from '@jest/globals';
import { openRestore } from '../../../domain/restore/open-restore.ts';
import { changeCampaign, getCampaign } from '../../../domain/store/campaigns.ts';
import { tellOnce } from '../../../domain/telling/tell.ts';
import { seedCampaign, trailOf } from '../fakes/seed.ts';
import { aWorld, type World } from '../fakes/world.ts';

const run = (world: World, reason = 'ring canary failed') =>
  openRestore(world)({ campaignId: 'campaign-1', reason, executionArn: 'arn:campaign-1-r1' });

describe('openRestore', () => {
  it('raises the fence, marks the campaign and keeps the reason', async () => {
    const world = aWorld();
    await seedCampaign(world);
    expect(await run(world)).toEqual({ decision: 'restore', settleSeconds: 60 });
    expect(await getCampaign(world, 'campaign-1')).toMatchObject({
      phase: 'restoring',
      fence: 2,
      reason: 'ring canary failed',
    });
    expect((await trailOf(world)).at(-1)).toMatchObject({
      who: 'Open Restore',
      what: 'fence raised, campaign is restoring',
      why: 'ring canary failed',
      evidence: { executionArn: 'arn:campaign-1-r1' },
    });
  });

  it('keeps the reason that the campaign has already', async () => {
    const world = aWorld();
    await seedCampaign(world, { reason: 'first cause' });
    await run(world);
    expect((await getCampaign(world, 'campaign-1')).reason).toBe('first cause');
  });

  it('raises the fence once, however often it is called', async () => {
    const world = aWorld();
    await seedCampaign(world);
    expect(await Promise.all([run(world), run(world, 'another')])).toEqual([
      { decision: 'restore', settleSeconds: 60 },
      { decision: 'restore', settleSeconds: 60 },
    ]);
    expect(await run(world)).toEqual({ decision: 'restore', settleSeconds: 60 });
    expect((await getCampaign(world, 'campaign-1')).fence).toBe(2);
  });

  it.each(['promoted', 'closed'] as const)('leaves a campaign alone that is %s', async (phase) => {
    const world = aWorld();
    await seedCampaign(world, { phase });
    expect(await run(world)).toEqual({ decision: 'ended', settleSeconds: 0 });
    expect(await getCampaign(world, 'campaign-1')).toMatchObject({ phase, fence: 1 });
  });

  it.each([
    [1, 60],
    [2, 60],
    [3, 600],
    [4, 1800],
    [5, 3600],
  ])('lets restore %i of one cause wait %i seconds', async (attempt, settleSeconds) => {
    const world = aWorld();
    const restore = { executionArn: 'arn', attempt: attempt + 2, first: 3, reason: 'x' };
    await seedCampaign(world, { restore });
    expect(await run(world)).toEqual({ decision: 'restore', settleSeconds });
  });

  it('passes on any other trouble of the table', async () => {
    const world = aWorld();
    await seedCampaign(world);
    const table = { ...world.table, transact: () => Promise.reject(new Error('no network')) };
    await expect(run({ ...world, table })).rejects.toThrow('no network');
  });

  it.each([
    ['restoring', 'restore'],
    ['promoted', 'ended'],
  ] as const)('sees that the campaign has become %s between look and write', async (phase, decision) => {
    const world = aWorld();
    await seedCampaign(world);
    let first = true;
    const table: World['table'] = {
      ...world.table,
      transact: async (writes) => {
        if (first) {
          first = false;
          await changeCampaign(world, 'campaign-1', { phase }, { who: 'test', what: phase, why: '' });
        }
        return world.table.transact(writes);
      },
    };
    expect(
      await openRestore({ ...world, table })({ campaignId: 'campaign-1', reason: 'x', executionArn: 'arn' }),
    ).toEqual({ decision, settleSeconds: 60 });
    expect((await getCampaign(world, 'campaign-1')).fence).toBe(1);
  });

  describe('tells that everything goes back', () => {
    const told = (world: World) => world.notifications.published;
    const at = '2026-11-22T11:00:00.000Z';
    const rollback = { by: 'ada', reason: 'it leaks', at, from: 'PROMOTED' } as const;

    it('with the reason, once', async () => {
      const world = aWorld();
      await seedCampaign(world);
      await run(world);
      await run(world);
      expect(told(world)).toMatchObject([
        {
          fact: 'restoring',
          campaignId: 'campaign-1',
          subject: 'Restoring: al2023-base goes back',
          reason: 'ring canary failed',
          text: expect.stringMatching(
            /Every stack that this campaign has touched is being put back.*\n.*Nothing to do now: a message follows/,
          ),
        },
      ]);
    });

    it('not where a breach has said so', async () => {
      const world = aWorld();
      const campaign = await seedCampaign(world);
      await tellOnce(world, { fact: 'breach', campaign, ring: 'canary' }, () =>
        Promise.resolve({ subject: 'Breach', opening: [], reason: '' }),
      );
      await run(world);
      expect(told(world)).toMatchObject([{ fact: 'breach' }]);
    });

    it('of each rollback anew, whatever was said before', async () => {
      const world = aWorld();
      const campaign = await seedCampaign(world, { phase: 'restoring', rollback });
      await tellOnce(world, { fact: 'breach', campaign, ring: 'canary' }, () =>
        Promise.resolve({ subject: 'Breach', opening: [], reason: '' }),
      );
      await run(world);
      await run(world);
      await changeCampaign(
        world,
        'campaign-1',
        { rollback: { ...rollback, at: '2026-11-22T11:30:00.000Z' } },
        { who: 'test', what: 'rollback', why: '' },
      );
      await run(world);
      expect(told(world).map(({ fact }) => fact)).toEqual(['breach', 'restoring', 'restoring']);
      expect(new Set(told(world).map(({ id }) => id)).size).toBe(3);
    });
  });
});
