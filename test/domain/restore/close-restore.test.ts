import { describe, expect, it } from '@jest/globals';
import { Throttled } from '../../../domain/errors.ts';
import type { Campaign } from '../../../domain/records/campaign.ts';
import type { StackRecord } from '../../../domain/records/stack-record.ts';
import { closeRestore } from '../../../domain/restore/close-restore.ts';
import { getCampaign } from '../../../domain/store/campaigns.ts';
import { rememberParameter } from '../../../domain/store/parameters.ts';
import { storeCurrent, storePromotion } from '../../../domain/store/promotions.ts';
import { stackItem } from '../../../domain/store/stack-records.ts';
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
    const look = async (
      now: string | null,
      before: string | null = oldImage,
      change: (world: World) => unknown = () => undefined,
    ) => {
      const given = ssm(before ?? oldImage);
      const world = await worldWith([given.record]);
      world.stacks.put(aStack({ name: 'a', parameters: ssmParameters(oldImage, '/a') }));
      if (before !== null) await rememberParameter(world, given.before);
      if (now !== null) world.parameters.set('/a', now);
      change(world);
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
      expect(await look(null)).toEqual({
        outcome: 'RESTORE_INCOMPLETE',
        reason: 'UpdateFailed: no; not put back: its SSM parameter /a was deleted',
      });
    });

    it('quarantines it where the parameter cannot be read', async () => {
      expect(await look(oldImage, oldImage, ({ parameters }) => parameters.refused.add(targetName(here)))).toEqual({
        outcome: 'RESTORE_INCOMPLETE',
        reason: 'UpdateFailed: no; its SSM parameter is not proven to be back: 100000000001/eu-west-1 refuses us',
      });
    });

    it('does not complain of one to which the campaign has written nothing', async () => {
      expect(await look(newImage, null)).toMatchObject({ outcome: 'RESTORED' });
    });

    it('passes on what may go better the next time', async () => {
      const fails = ({ parameters }: World) => {
        parameters.find = () => Promise.reject(new Throttled('slow down'));
      };
      await expect(look(oldImage, oldImage, fails)).rejects.toThrow(Throttled);
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

  describe('of a stack that was left alone because somebody else has moved it', () => {
    const left = back('a', { status: 'quarantined', reason: 'foreign' });
    const later = aStackRecord({ stackName: 'a', campaignId: 'campaign-2', touched: true, image: foreignImage });
    const says = `campaign campaign-2 has brought it to ${foreignImage}`;
    const look = async (image: string, record = left, change: (world: World) => unknown = () => undefined) => {
      const world = await worldWith([record]);
      await world.table.putAll([stackItem(later, '2026-11-22T11:00:00.000Z')]);
      world.stacks.put(aStack({ name: 'a', parameters: parameters(image) }));
      await change(world);
      const { outcome } = await run(world);
      expect(outcome).toBe('RESTORE_INCOMPLETE');
      return { world, reason: (await recordsIn(world))[0]?.reason };
    };

    it('names the campaign that has, once, and notes it in the trail', async () => {
      const { world, reason } = await look(foreignImage);
      expect(reason).toBe(`foreign; ${says}`);
      await run(world);
      expect((await recordsIn(world))[0]?.reason).toBe(`foreign; ${says}`);
      expect(await trailOf(world, 'campaign-1', left.stackId)).toMatchObject([
        { who: 'Close Restore', what: 'later campaign found', why: says },
      ]);
    });

    it.each([
      ['it is on the image of this campaign', newImage],
      ['it is on its previous image', oldImage],
      ['no campaign has brought its image', 'ami-00000000000000009'],
    ])('names none where %s', async (_what, image) => {
      // Another campaign may have brought any of them; that has nothing to do with the reason.
      const all = ({ table }: World) =>
        table.putAll(
          [newImage, oldImage].map((one, index) =>
            stackItem({ ...later, campaignId: `campaign-${index + 3}`, image: one }, '2026-11-22T11:00:00.000Z'),
          ),
        );
      expect(await look(image, left, all)).toMatchObject({ reason: 'foreign' });
    });

    it('names none where the stack is gone, or has lost its parameter', async () => {
      expect(await look(foreignImage, left, ({ stacks }) => stacks.remove(left.stackId))).toMatchObject({
        reason: 'foreign',
      });
      const without = ({ stacks }: World) => stacks.put(aStack({ name: 'a', parameters: [] }));
      expect(await look(foreignImage, left, without)).toMatchObject({ reason: 'foreign' });
    });

    it('names one for a stack whose previous values were never recorded', async () => {
      expect(await look(foreignImage, { ...left, previous: null })).toMatchObject({ reason: `foreign; ${says}` });
    });
  });

  it('quarantines a stack that says it is back and has no previous value on record', async () => {
    const world = await worldWith([back('a', { previous: null })]);
    expect(await run(world)).toMatchObject({ outcome: 'RESTORE_INCOMPLETE', quarantined: 1 });
  });

  it('asks a stack again that an earlier restore has left in another state than back', async () => {
    const world = await worldWith(
      [
        back('a', {
          status: 'restoring',
          operation: { requestToken: 't', direction: 'restore', attempt: 1, startedAt: '2026-11-22T10:00:00.000Z' },
        }),
      ],
      { rollback: { by: 'ada', reason: 'x', at: '2026-11-22T11:00:00.000Z', from: 'PROMOTED' } },
    );
    expect(await run(world)).toMatchObject({ outcome: 'RESTORE_INCOMPLETE', quarantined: 1 });
  });

  it('says in the trail of a stack and of the campaign what it has done', async () => {
    const gone = back('a');
    const world = await worldWith([gone, aStackRecord({ stackName: 'b', status: 'pending' }), back('c')]);
    world.stacks.remove(gone.stackId);
    await run(world);
    expect(await trailOf(world, 'campaign-1', gone.stackId)).toMatchObject([
      { who: 'Close Restore', what: 'quarantined', why: 'not put back: the stack was deleted' },
    ]);
    expect(await trailOf(world, 'campaign-1', aStackRecord({ stackName: 'b' }).stackId)).toMatchObject([
      { who: 'Close Restore', what: 'skipped', why: 'campaign ended' },
    ]);
    expect((await trailOf(world)).at(-1)).toMatchObject({
      who: 'Close Restore',
      what: 'RESTORE_INCOMPLETE',
      why: '1 of 2 touched stacks are back on their previous image',
    });
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

  describe('of a promotion parameter', () => {
    const where = '/ami-rollout/al2023-base/production/image';
    const look = async (
      holds: string | null,
      over: Parameters<typeof aPromotion>[0] = { state: 'restored' },
      change: (world: World) => unknown = () => undefined,
    ) => {
      const world = await worldWith([back('a')]);
      await storePromotion(world, aPromotion(over));
      if (holds !== null) world.parameters.set(where, holds);
      await change(world);
      const { outcome } = await run(world);
      return { outcome, why: (await trailOf(world)).at(-1)?.why };
    };

    it.each([
      ['holds its previous image', oldImage],
      ['somebody else has set since', foreignImage],
      ['is gone', null],
    ])('does not complain where it %s', async (_what, holds) => {
      expect(await look(holds)).toMatchObject({ outcome: 'RESTORED' });
    });

    it('complains where it still holds the image', async () => {
      expect(await look(newImage)).toEqual({
        outcome: 'RESTORE_INCOMPLETE',
        why: `1 of 1 touched stacks are back on their previous image; promotion parameters not put back: ${where} in 100000000001/eu-west-1 (it still holds ${newImage})`,
      });
    });

    it.each([
      ['a later promotion has written it', { state: 'superseded' }],
      ['it held the image before', { state: 'restored', previousImage: newImage }],
    ] as const)('does not complain where it holds the image and %s', async (_what, over) => {
      expect(await look(newImage, over)).toMatchObject({ outcome: 'RESTORED' });
    });

    it('does not complain where another campaign has promoted the same image since', async () => {
      const current = (over: object) => (world: World) => storeCurrent(world, aPromotion(over));
      const restored = { state: 'restored' } as const;
      expect(await look(newImage, restored, current({ campaignId: 'campaign-2' }))).toMatchObject({
        outcome: 'RESTORED',
      });
      const other = current({ campaignId: 'campaign-2', image: foreignImage });
      expect(await look(newImage, restored, other)).toMatchObject({ outcome: 'RESTORE_INCOMPLETE' });
      expect(await look(newImage, restored, current({}))).toMatchObject({ outcome: 'RESTORE_INCOMPLETE' });
    });

    it('complains where its target refuses us', async () => {
      const refuses = ({ parameters }: World) => parameters.refused.add(targetName(here));
      expect(await look(oldImage, { state: 'restored' }, refuses)).toEqual({
        outcome: 'RESTORE_INCOMPLETE',
        why: expect.stringContaining(`${where} in 100000000001/eu-west-1 (100000000001/eu-west-1 refuses us)`),
      });
    });

    it('passes on what may go better the next time', async () => {
      const fails = ({ parameters }: World) => {
        parameters.find = () => Promise.reject(new Throttled('slow down'));
      };
      await expect(look(oldImage, { state: 'restored' }, fails)).rejects.toThrow(Throttled);
    });

    it('names every one that is not back', async () => {
      const world = await worldWith([back('a')]);
      await storePromotion(world, aPromotion({ state: 'promoted' }));
      await storePromotion(world, aPromotion({ state: 'promoted', parameter: '/two' }));
      await run(world);
      expect((await trailOf(world)).at(-1)?.why).toContain(`${where} in 100000000001/eu-west-1, /two in `);
    });
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
