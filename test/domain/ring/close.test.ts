import { describe, expect, it } from '@jest/globals';
import type { Ring } from '../../../domain/configuration/ring.ts';
import type { Campaign } from '../../../domain/records/campaign.ts';
import type { StackRecord } from '../../../domain/records/stack-record.ts';
import { closeRing } from '../../../domain/ring/close.ts';
import { takeLease } from '../../../domain/store/leases.ts';
import { countFailure, ringFailures } from '../../../domain/store/ring-state.ts';
import { takeSlot } from '../../../domain/store/slots.ts';
import { aRing } from '../fakes/configuration.ts';
import { here } from '../fakes/names.ts';
import { recordsIn, seedCampaign, seedStacks, trailOf } from '../fakes/seed.ts';
import { aStackRecord } from '../fakes/stack-record.ts';
import { aWorld } from '../fakes/world.ts';

/** A ring of these stacks, of which the failed and restored ones were counted as failures. */
const close = async (
  records: readonly Partial<StackRecord>[],
  budget: Ring['failureBudget'] = 0,
  over: Partial<Campaign> = {},
) => {
  const world = aWorld({ rings: [aRing({ failureBudget: budget })] });
  await seedCampaign(world, over);
  const all = records.map((record, order) => aStackRecord({ stackName: `app-${order + 1}`, order, ...record }));
  await seedStacks(world, ...all);
  for (const { status, stackId } of all)
    if (status === 'failed' || status === 'restored') await countFailure(world, 'campaign-1', 'canary', stackId);
  return { world, result: await closeRing(world)({ campaignId: 'campaign-1', ring: 'canary' }) };
};
const done: Partial<StackRecord> = { status: 'done', touched: true };
const failed: Partial<StackRecord> = { status: 'failed', touched: true, reason: 'UpdateFailed: no capacity' };
const restored: Partial<StackRecord> = { status: 'restored', touched: true, reason: 'UpdateFailed: no; restored' };
const skipped = (reason: string): Partial<StackRecord> => ({ status: 'skipped', reason });

describe('closeRing', () => {
  it('passes a ring whose stacks are done, with its counts', async () => {
    const { result } = await close([done, done, skipped('current')]);
    expect(result).toEqual({ passed: true, reason: '', done: 2, failed: 0, skipped: 1, restored: 0, quarantined: 0 });
  });

  it('fails a ring beyond its budget and names the first stack and its cause', async () => {
    const { result } = await close([done, failed, failed]);
    expect(result).toMatchObject({
      passed: false,
      reason: '2 of 3 stacks failed, the budget is 0; first app-2 in 100000000001/eu-west-1: UpdateFailed: no capacity',
      failed: 2,
    });
  });

  it('names the SSM parameter where that, and not the number of failures, ends the ring', async () => {
    const sharing = { ...failed, ssmParameter: '/team/image', sharedWith: ['web', 'jobs'] };
    const reason = async (budget: number) =>
      (await close([done, sharing], budget, { breachedRing: 'canary' })).result.reason;
    expect(await reason(3)).toBe(
      'app-2 in 100000000001/eu-west-1 failed and shares SSM parameter /team/image with web, jobs, so that they go back together (1 of 2 stacks failed, the budget is 3): UpdateFailed: no capacity',
    );
    expect(await reason(0)).toMatch(/^1 of 2 stacks failed, the budget is 0; first app-2/);
  });

  it.each([
    ['at the budget', [done, restored], 1, true],
    ['above the budget', [restored, restored], 1, false],
    ['at a percentage', [...Array.from({ length: 19 }, () => done), restored], { percent: 5 }, true],
    ['above a percentage', [...Array.from({ length: 18 }, () => done), restored], { percent: 5 }, false],
  ])('judges a ring %s', async (_what, records, budget, passed) => {
    expect((await close(records, budget)).result.passed).toBe(passed);
  });

  describe('with accounts that refuse us', () => {
    const lost = skipped('AccessDenied: AssumeRole was refused');
    const closeAll = async (records: readonly Partial<StackRecord>[], over: Partial<Ring> = {}) => {
      const world = aWorld({ rings: [aRing(over), aRing({ name: 'full' })] });
      await seedCampaign(world);
      await seedStacks(
        world,
        ...records.map((record, order) => aStackRecord({ stackName: `app-${order + 1}`, order, ...record })),
      );
      return (ring = 'canary') => closeRing(world)({ campaignId: 'campaign-1', ring });
    };

    it('passes, however many there are', async () => {
      expect(await (await closeAll([done, lost, lost]))()).toMatchObject({ passed: true, skipped: 2 });
      expect(await (await closeAll([lost, lost]))()).toMatchObject({ passed: true, skipped: 2 });
    });

    it('fails where the configuration wants all of them reached', async () => {
      expect(await (await closeAll([done, lost], { unreachable: 'fail' }))()).toMatchObject({
        passed: false,
        reason:
          '1 stacks could not be reached, and ring canary has to reach all; first app-2 in 100000000001/eu-west-1: AccessDenied: AssumeRole was refused',
      });
    });

    it('fails at the end of a campaign that has reached nothing', async () => {
      const close = await closeAll([lost, { ...lost, ring: 'full' }]);
      expect(await close('full')).toMatchObject({
        passed: false,
        reason: expect.stringMatching(/^no stack was updated/),
      });
      const other = await closeAll([done, { ...lost, ring: 'full' }]);
      expect(await other('full')).toMatchObject({ passed: true });
    });
  });

  it('goes by the first that was put back where none is failed any more', async () => {
    const { result } = await close([done, restored], 0);
    expect(result.reason).toContain('first app-2 in 100000000001/eu-west-1: UpdateFailed: no; restored');
  });

  it('fails a ring whose campaign was breached, whatever its own counts say', async () => {
    expect((await close([done], 5, { breachedRing: 'canary' })).result.passed).toBe(false);
  });

  it.each([
    ['passes an empty ring', [], true],
    ['passes a ring that is current', [skipped('current'), skipped('current')], true],
    [
      'passes a ring that its owners hold',
      [skipped('held by its tag x'), skipped("held by the stack's own tag x")],
      true,
    ],
    ['passes a ring with some in trouble and one done', [skipped('the stack was deleted'), done], true],
    ['fails a ring in which all were in trouble', [skipped('current'), skipped('the stack was deleted')], false],
  ] as const)('%s', async (_what, records, passed) => {
    const { result } = await close(records);
    expect(result.passed).toBe(passed);
    if (!passed) expect(result.reason).toBe('no stack was updated, 1 skipped; first app-2: the stack was deleted');
  });

  it.each([
    ['updating', true, 'failed', 'its execution ended before the result was recorded'],
    ['verifying', true, 'failed', 'its execution ended before the result was recorded'],
    ['restoring', true, 'failed', 'its execution ended before the result was recorded'],
    ['updating', false, 'skipped', 'its execution ended before the stack was claimed'],
    ['pending', false, 'skipped', 'its execution ended before the stack was claimed'],
    ['holding', false, 'skipped', 'its execution ended before the stack was claimed'],
  ] as const)('closes a stray record that is %s (touched: %s) as %s', async (status, touched, after, reason) => {
    const { world, result } = await close([{ status, touched }, done]);
    expect((await recordsIn(world))[0]).toMatchObject({ status: after, reason, endedAt: '2026-11-22T12:00:00.000Z' });
    expect(await ringFailures(world, 'campaign-1', 'canary')).toHaveLength(touched ? 1 : 0);
    expect(result).toMatchObject({ passed: !touched, [after]: 1 });
  });

  it('gives back what a stray stack holds', async () => {
    const world = aWorld();
    await seedCampaign(world);
    const record = aStackRecord({ status: 'updating', touched: true });
    const slot = { campaignId: 'campaign-1', target: here, direction: 'forward', stackId: record.stackId } as const;
    await seedStacks(world, record);
    await takeLease(world, 'campaign-1', record.stackId);
    await takeSlot(world, slot, 1);
    await closeRing(world)({ campaignId: 'campaign-1', ring: 'canary' });
    expect(await takeLease(world, 'campaign-2', record.stackId)).not.toBeNull();
    expect(await takeSlot(world, { ...slot, stackId: 'another' }, 1)).toBe(true);
  });

  it('fails a ring within its budget in which nobody is left to put a failed stack back, and says so twice', async () => {
    const { world, result } = await close([{ status: 'updating', touched: true }, done], 1);
    expect(result).toMatchObject({
      passed: false,
      reason:
        'app-1 in 100000000001/eu-west-1 failed and was not put back: its execution ended before the result was recorded',
    });
    expect(await closeRing(world)({ campaignId: 'campaign-1', ring: 'canary' })).toEqual(result);
  });

  it('says the same when it is asked twice', async () => {
    const { world, result } = await close([{ status: 'updating', touched: true }, done], 1);
    expect(await closeRing(world)({ campaignId: 'campaign-1', ring: 'canary' })).toEqual(result);
  });

  it('leaves other rings out of account', async () => {
    const { world, result } = await close([done, { ...failed, ring: 'full' }], 0);
    expect(result).toMatchObject({ done: 1 });
    expect(await recordsIn(world)).toHaveLength(2);
  });

  it('leaves its verdict in the trail with the counts as evidence', async () => {
    const { world } = await close([done, restored], 1);
    expect((await trailOf(world)).at(-1)).toMatchObject({
      who: 'Close Ring',
      what: 'ring canary passed',
      why: '1 done, 1 failed within the budget of 1',
      evidence: { done: 1, restored: 1, failures: 1, budget: 1 },
    });
  });

  it('keeps the reason short enough for a state', async () => {
    const { result } = await close([{ ...failed, reason: 'x'.repeat(5000) }]);
    expect(result.reason).toHaveLength(900);
  });

  describe('among other rings', () => {
    const closeIn = async (
      rings: readonly Partial<Ring>[],
      records: readonly Partial<StackRecord>[],
      ring = 'canary',
    ) => {
      const world = aWorld({ rings: rings.map((over) => aRing(over)) });
      await seedCampaign(world);
      const all = records.map((record, order) =>
        aStackRecord({ stackName: `app-${order + 1}`, ring, order, ...record }),
      );
      await seedStacks(world, ...all);
      for (const { status, stackId } of all)
        if (status === 'failed' || status === 'restored') await countFailure(world, 'campaign-1', ring, stackId);
      return closeRing(world)({ campaignId: 'campaign-1', ring });
    };
    const lost = skipped('AccessDenied: AssumeRole was refused');
    const deleted = skipped('the stack was deleted');

    it('goes by the budget of the ring itself', async () => {
      const rings = [{}, { name: 'full', failureBudget: 1 }];
      expect(await closeIn(rings, [done, restored], 'full')).toMatchObject({ passed: true });
      expect(await closeIn(rings, [done, restored])).toMatchObject({ passed: false });
    });

    it('names the account whose own budget is breached, within that of the ring', async () => {
      expect(await closeIn([{ failureBudget: 1, accountFailureBudget: 0 }], [done, restored])).toMatchObject({
        passed: false,
        reason:
          '1 of 2 stacks failed, the budget is 1; account 100000000001 has 1 failed stacks in ring canary, its budget is 0; first app-2 in 100000000001/eu-west-1: UpdateFailed: no; restored',
      });
    });

    it('fails a ring that has to reach all for no other trouble than that', async () => {
      expect(await closeIn([{ unreachable: 'fail' }], [done, deleted])).toMatchObject({ passed: true });
    });

    it('fails a ring before the last in which not all that went wrong was a refusal', async () => {
      expect(await closeIn([{}, { name: 'full' }], [lost, deleted])).toMatchObject({
        passed: false,
        reason: 'no stack was updated, 2 skipped; first app-1: AccessDenied: AssumeRole was refused',
      });
    });

    it('lets a ring in the middle reach nothing', async () => {
      const rings = [{}, { name: 'wide' }, { name: 'full' }];
      expect(await closeIn(rings, [lost], 'wide')).toMatchObject({ passed: true });
    });

    it('closes a ring that is configured no more, and one where none is', async () => {
      expect(await closeIn([{}], [lost], 'gone')).toMatchObject({ passed: true });
      expect(await closeIn([], [lost], 'gone')).toMatchObject({ passed: true });
    });
  });

  it('passes a ring within its budget in which everything was put back', async () => {
    expect((await close([restored], 1)).result.passed).toBe(true);
  });

  it('says of a breach elsewhere only what is so', async () => {
    const reason = async (...records: readonly Partial<StackRecord>[]) =>
      (await close(records, 5, { breachedRing: 'canary' })).result.reason;
    const shared = { ssmParameter: '/team/image', sharedWith: ['web'] };
    expect(await reason(done)).toBe('0 of 1 stacks failed, the budget is 5');
    expect(await reason({ ...done, ...shared }, failed)).toBe(
      '1 of 2 stacks failed, the budget is 5; first app-2 in 100000000001/eu-west-1: UpdateFailed: no capacity',
    );
  });

  it('writes into the trail who closed a stray stack, and why', async () => {
    const { world } = await close([{ status: 'updating', touched: true }]);
    const [record] = await recordsIn(world);
    expect((await trailOf(world, 'campaign-1', record?.stackId)).at(-1)).toMatchObject({
      who: 'Close Ring',
      what: 'failed',
      why: 'its execution ended before the result was recorded',
    });
    expect((await trailOf(world)).at(-1)).toMatchObject({ what: 'ring canary failed' });
  });

  it('tells the operators once how the ring has ended', async () => {
    const passed = await close([done]);
    expect(passed.world.notifications.published).toMatchObject([{ fact: 'ring done', ring: 'canary' }]);
    const broken = await close([failed]);
    expect(broken.world.notifications.published).toMatchObject([{ fact: 'breach', ring: 'canary' }]);
    const text = broken.world.notifications.published[0]?.text;
    expect(text).toContain('Everything that was touched is put back');
    expect(text).toContain(broken.result.reason);
  });
});
