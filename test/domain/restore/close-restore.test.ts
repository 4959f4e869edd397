import { describe, expect, it } from '@jest/globals';
import { Throttled } from '../../../domain/errors.ts';
import type { Campaign } from '../../../domain/records/campaign.ts';
import type { StackRecord } from '../../../domain/records/stack-record.ts';
import { closeRestore } from '../../../domain/restore/close-restore.ts';
import { getCampaign } from '../../../domain/store/campaigns.ts';
import { rememberParameter } from '../../../domain/store/parameters.ts';
import { storePromotion } from '../../../domain/store/promotions.ts';
import { targetName } from '../../../domain/target.ts';
import { foreignImage, here, newImage, oldImage, there } from '../fakes/names.ts';
import { aPromotion } from '../fakes/promotion.ts';
import { recordsIn, seedCampaign, seedStacks, trailOf } from '../fakes/seed.ts';
import { aClaimedStack, aStackRecord } from '../fakes/stack-record.ts';
import { aStack, parameters, ssmParameters } from '../fakes/stacks.ts';
import { aWorld, type World } from '../fakes/world.ts';

const back = (stackName: string, over: Partial<StackRecord> = {}) =>
  aClaimedStack({ stackName, status: 'restored', touched: true, reason: 'UpdateFailed: no', ...over });
const worldWith = async (records: readonly StackRecord[], over: Partial<Campaign> = {}) => {
  const world = aWorld();
  await seedCampaign(world, { phase: 'restoring', ...over });
  await seedStacks(world, ...records);
  world.stacks.put(...records.map(({ stackName, stackId }) => aStack({ name: stackName, stackId })));
  return world;
};
const run = (world: World) => closeRestore(world)({ campaignId: 'campaign-1' });
const conclusion = async (world: World) => (await getCampaign(world, 'campaign-1')).conclusion;

describe('closeRestore', () => {
  it('concludes RESTORED where the last look finds every touched stack on its previous image', async () => {
    const world = await worldWith([back('a'), back('b')]);
    expect(await run(world)).toEqual({ outcome: 'RESTORED', restored: 2, quarantined: 0 });
    expect(await conclusion(world)).toBe('RESTORED');
    expect((await trailOf(world)).at(-1)).toMatchObject({
      why: '2 of 2 touched stacks are back on their previous image',
    });
    expect(await recordsIn(world)).toMatchObject([{ revision: 0 }, { revision: 0 }]);
  });

  describe('with an SSM parameter', () => {
    const ssm = (value = oldImage) => {
      const record = back('a', { mode: 'ssm', ssmParameter: '/a' });
      const { campaignId, account, region, image } = record;
      return { record, before: { campaignId, account, region, name: '/a', previous: { value, version: 1 }, image } };
    };
    const look = async (now: string | null, before = oldImage) => {
      const given = ssm(before);
      const world = await worldWith([given.record]);
      world.stacks.put(aStack({ name: 'a', parameters: ssmParameters(oldImage, '/a') }));
      await rememberParameter(world, given.before);
      if (now !== null) world.parameters.set('/a', now);
      const { outcome } = await run(world);
      return { outcome, reason: (await recordsIn(world))[0]?.reason };
    };

    it('wants it back, too', async () => {
      expect(await look(oldImage)).toMatchObject({ outcome: 'RESTORED' });
    });

    it('quarantines a stack that CloudFormation has put back where the parameter still holds the image', async () => {
      expect(await look(newImage)).toEqual({
        outcome: 'RESTORE_INCOMPLETE',
        reason: `UpdateFailed: no; not put back: its SSM parameter /a still holds ${newImage}; set it to ${oldImage}`,
      });
    });

    it('quarantines it where the parameter is gone', async () => {
      expect(await look(null)).toMatchObject({ outcome: 'RESTORE_INCOMPLETE' });
    });

    it.each([
      ['somebody else has set since', foreignImage, oldImage],
      ['had the image before', newImage, newImage],
    ])('does not complain of one that %s', async (_what, now, before) => {
      expect(await look(now, before)).toMatchObject({ outcome: 'RESTORED' });
    });
  });

  it.each<[string, (world: World) => unknown, string]>([
    [
      'a foreign image',
      ({ stacks }) => stacks.put(aStack({ name: 'a', parameters: parameters(foreignImage) })),
      `not put back: the last look found it on ${foreignImage}`,
    ],
    [
      'the new image',
      ({ stacks }) => stacks.put(aStack({ name: 'a', parameters: parameters(newImage) })),
      `not put back: the last look found it on ${newImage}`,
    ],
    [
      'no image parameter',
      ({ stacks }) => stacks.put(aStack({ name: 'a', parameters: [] })),
      'not put back: the last look found it on no image',
    ],
    ['no stack', ({ stacks }) => stacks.remove(aStack({ name: 'a' }).stackId), 'not put back: the stack was deleted'],
    [
      'a target that refuses us',
      ({ stacks }) => stacks.refused.add(targetName(here)),
      'not proven to be back: 100000000001/eu-west-1 refuses us',
    ],
  ])('quarantines a stack when the last look finds %s', async (_what, change, why) => {
    const world = await worldWith([back('a')]);
    await change(world);
    expect(await run(world)).toEqual({ outcome: 'RESTORE_INCOMPLETE', restored: 0, quarantined: 1 });
    expect(await recordsIn(world)).toMatchObject([
      { status: 'quarantined', reason: `UpdateFailed: no; ${why}`, endedAt: '2026-11-22T12:00:00.000Z' },
    ]);
    expect(await conclusion(world)).toBe('RESTORE_INCOMPLETE');
  });

  it.each(['updating', 'verifying', 'done', 'failed', 'restoring'] as const)(
    'quarantines a touched stack that its restore has left %s',
    async (status) => {
      const world = await worldWith([back('a', { status, reason: '' })]);
      expect(await run(world)).toMatchObject({ outcome: 'RESTORE_INCOMPLETE', quarantined: 1 });
      expect(await recordsIn(world)).toMatchObject([
        { status: 'quarantined', reason: `not put back: its restore ended while it was ${status}` },
      ]);
    },
  );

  it('counts what is quarantined already, with the reason it has', async () => {
    const record = back('a', { status: 'quarantined', reason: 'foreign' });
    const world = await worldWith([record, back('b')]);
    expect(await run(world)).toEqual({ outcome: 'RESTORE_INCOMPLETE', restored: 1, quarantined: 1 });
    expect((await recordsIn(world))[0]).toMatchObject({ reason: 'foreign', revision: 0 });
  });

  it.each(['pending', 'holding', 'updating', 'verifying', 'failed'] as const)(
    'closes what was never touched and is %s',
    async (status) => {
      const world = await worldWith([aStackRecord({ status })]);
      expect(await run(world)).toEqual({ outcome: 'RESTORED', restored: 0, quarantined: 0 });
      expect(await recordsIn(world)).toMatchObject([{ status: 'skipped', reason: 'campaign ended' }]);
      expect(world.stacks.calls).toEqual([]);
    },
  );

  it('leaves a stack alone that was skipped before', async () => {
    const world = await worldWith([aStackRecord({ status: 'skipped', reason: 'current' })]);
    await run(world);
    expect(await recordsIn(world)).toMatchObject([{ reason: 'current', revision: 0 }]);
  });

  it('reads the pages of the targets that have a touched stack, once each', async () => {
    const world = await worldWith([back('a'), back('b'), aStackRecord({ stackName: 'c', ...there })]);
    await run(world);
    expect(world.stacks.calls).toEqual([`list ${targetName(here)}`]);
  });

  it('passes on what may go better the next time', async () => {
    const world = await worldWith([back('a')]);
    // eslint-disable-next-line @typescript-eslint/require-await
    world.stacks.list = async function* () {
      throw new Throttled('slow down');
    };
    await expect(run(world)).rejects.toThrow(Throttled);
    expect(await conclusion(world)).toBeNull();
  });

  it.each([
    ['intended', 'RESTORE_INCOMPLETE'],
    ['promoted', 'RESTORE_INCOMPLETE'],
    ['restored', 'RESTORED'],
  ] as const)('takes a promotion that is %s for %s', async (state, outcome) => {
    const world = await worldWith([back('a')]);
    await storePromotion(world, aPromotion({ state }));
    expect((await run(world)).outcome).toBe(outcome);
    if (outcome === 'RESTORE_INCOMPLETE')
      expect((await trailOf(world)).at(-1)?.why).toContain(
        'promotion parameters not put back: /ami-rollout/al2023-base/production/image in 100000000001/eu-west-1',
      );
  });

  it('does not take back what was concluded before', async () => {
    const world = await worldWith([], { conclusion: 'UNCHANGED' });
    await run(world);
    expect(await conclusion(world)).toBe('UNCHANGED');
  });

  it('says the same when it is asked twice', async () => {
    const world = await worldWith([back('a', { status: 'failed' }), back('b')]);
    const first = await run(world);
    const records = await recordsIn(world);
    expect(await run(world)).toEqual(first);
    expect(await recordsIn(world)).toEqual(records);
  });

  it('leaves the reason of a stack that is restored alone', async () => {
    const world = await worldWith([back('a', { reason: `UpdateFailed: no; restored to ${oldImage}` })]);
    await run(world);
    expect((await recordsIn(world))[0]?.reason).toBe(`UpdateFailed: no; restored to ${oldImage}`);
  });
});
