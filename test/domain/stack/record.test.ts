import { describe, expect, it } from '@jest/globals';
import type { Campaign } from '../../../domain/records/campaign.ts';
import type { StackRecord } from '../../../domain/records/stack-record.ts';
import { record as recordStack } from '../../../domain/stack/record.ts';
import { findCampaign } from '../../../domain/store/campaigns.ts';
import { storeHold } from '../../../domain/store/holds.ts';
import { holdGroups, keys } from '../../../domain/store/keys.ts';
import { leaseOf, takeLease } from '../../../domain/store/leases.ts';
import { countFailure, ringFailures } from '../../../domain/store/ring-state.ts';
import { takeSlot } from '../../../domain/store/slots.ts';
import { aRing } from '../fakes/configuration.ts';
import { here, oldImage } from '../fakes/names.ts';
import { readAgain, seedCampaign, seedStacks } from '../fakes/seed.ts';
import { aClaimedStack, aStackRecord, aTask } from '../fakes/stack-record.ts';
import { aWorld, type World } from '../fakes/world.ts';
import { aWait } from '../fakes/wait.ts';
import { nextOf } from './next-of.ts';

const failure = { Error: 'UpdateFailed', Cause: 'Group: no capacity' };
const timeout = { Error: 'States.Timeout', Cause: '' };
const touched = (over: Partial<StackRecord> = {}) => aClaimedStack({ status: 'verifying', touched: true, ...over });

const worldWith = async (record: StackRecord, over: Partial<Campaign> = {}, budget = 0, others: StackRecord[] = []) => {
  const world = aWorld({ rings: [aRing({ failureBudget: budget })] });
  await seedCampaign(world, over);
  await seedStacks(world, record, ...others);
  return world;
};
const run = async (
  world: World,
  record: StackRecord,
  direction: 'forward' | 'restore' = 'forward',
  why: { Error: string; Cause: string } | null = null,
) => {
  const next = await nextOf(recordStack(world)({ ...aTask(record, direction), failure: why }));
  return { next, after: await readAgain(world, record) };
};

describe('record stack', () => {
  it.each<[string, StackRecord, 'forward' | 'restore', typeof failure | null, Partial<StackRecord>]>([
    ['done', touched(), 'forward', null, { status: 'done', reason: '' }],
    ['failed', touched(), 'forward', failure, { status: 'failed', reason: 'UpdateFailed: Group: no capacity' }],
    [
      'failed for its instances',
      touched(),
      'forward',
      timeout,
      { status: 'failed', reason: 'the update completed, but not every InService instance was on the image in time' },
    ],
    [
      'failed for its update',
      touched({ status: 'updating' }),
      'forward',
      timeout,
      { status: 'failed', reason: 'the update did not end in time' },
    ],
    [
      'skipped where nothing was written',
      aClaimedStack(),
      'forward',
      { Error: 'Throttled', Cause: 'slow down' },
      { status: 'skipped', reason: 'Throttled: slow down' },
    ],
    [
      'restored',
      touched({ status: 'restoring' }),
      'restore',
      null,
      { status: 'restored', reason: `restored to ${oldImage}` },
    ],
    [
      'restored, with the reason why',
      touched({ status: 'restoring', reason: 'UpdateFailed: no' }),
      'restore',
      null,
      { status: 'restored', reason: `UpdateFailed: no; restored to ${oldImage}` },
    ],
    [
      'quarantined',
      touched({ status: 'restoring', restoreTries: 2 }),
      'restore',
      failure,
      { status: 'quarantined', reason: 'not put back: UpdateFailed: Group: no capacity' },
    ],
    [
      'quarantined, with the reason why',
      touched({ status: 'restoring', restoreTries: 2, reason: 'UpdateFailed: no' }),
      'restore',
      timeout,
      { status: 'quarantined', reason: 'UpdateFailed: no; not put back: it took longer than the time allowed' },
    ],
  ])('says %s', async (_what, record, direction, why, expected) => {
    const world = await worldWith(record);
    const { after } = await run(world, record, direction, why);
    expect(after).toMatchObject({ ...expected, endedAt: '2026-11-22T12:00:00.000Z', revision: 1 });
  });

  it.each(['done', 'skipped', 'restored', 'quarantined'] as const)(
    'changes nothing about a stack that is %s already',
    async (status) => {
      const record = touched({ status, reason: 'told before' });
      const world = await worldWith(record);
      expect(await run(world, record, 'forward', failure)).toEqual({ next: 'end', after: record });
    },
  );

  it.each(['done', 'failed', 'updating'] as const)(
    'does not call a stack restored that its claim has left %s',
    async (status) => {
      const record = touched({ status });
      const world = await worldWith(record, { phase: 'closed' });
      expect(await run(world, record, 'restore')).toEqual({ next: 'end', after: record });
    },
  );

  it('quarantines a stack that is done where not even its claim on the way back went well', async () => {
    const record = touched({ status: 'done', restoreTries: 2 });
    const world = await worldWith(record, { phase: 'restoring' });
    expect((await run(world, record, 'restore', failure)).after).toMatchObject({ status: 'quarantined' });
  });
});

describe('record stack and the failure budget', () => {
  const others = (count: number) =>
    Array.from({ length: count }, (_, index) => aStackRecord({ stackName: `app-1${index}`, order: index + 1 }));

  it('sends a stack that failed within the budget to its own restore', async () => {
    const record = touched();
    const world = await worldWith(record, {}, 1);
    expect((await run(world, record, 'forward', failure)).next).toBe('restore');
    expect(await findCampaign(world, 'campaign-1')).toMatchObject({ breachedRing: null });
    expect(await ringFailures(world, 'campaign-1', 'canary')).toHaveLength(1);
  });

  it('stops the ring with the failure that breaks the budget, and leaves the restore to the campaign', async () => {
    const record = touched();
    const world = await worldWith(record, {}, 1);
    await countFailure(world, 'campaign-1', 'canary', 'another');
    expect((await run(world, record, 'forward', failure)).next).toBe('end');
    expect(await findCampaign(world, 'campaign-1')).toMatchObject({ breachedRing: 'canary' });
  });

  it.each([holdGroups.halted('campaign-1'), holdGroups.closed('campaign-1', 'canary')])(
    'wakes whoever waits in %s, who would hold up the restore',
    async (group) => {
      const record = touched();
      const waiting = aStackRecord({ stackName: 'app-9', order: 9, status: 'holding' });
      const world = await worldWith(record, {}, 0, [waiting]);
      await storeHold(world, group, waiting.order, {
        ...aWait({ key: `hold#${group}#${waiting.stackId}`, kind: 'hold', campaignId: 'campaign-1' }),
        stackId: waiting.stackId,
      });
      await run(world, record, 'forward', failure);
      expect(world.functions.queued).toHaveLength(1);
    },
  );

  it('writes the breach before the slot is free for the next stack', async () => {
    const record = touched();
    const world = await worldWith(record);
    const update = world.table.update.bind(world.table);
    const slots = keys.slots('campaign-1', here, 'forward');
    let breached: unknown;
    world.table.update = async (key, ...rest) => {
      if (key.pk === slots.pk) breached = (await findCampaign(world, 'campaign-1'))?.breachedRing;
      return update(key, ...rest);
    };
    await run(world, record, 'forward', failure);
    expect(breached).toBe('canary');
  });

  it('takes a percentage of what the plan gave the ring', async () => {
    const world = aWorld({ rings: [aRing({ failureBudget: { percent: 10 } })] });
    await seedCampaign(world);
    const [first, second] = [touched({ stackName: 'app-1' }), touched({ stackName: 'app-2' })];
    await seedStacks(world, first, second, ...others(17));
    expect((await run(world, first, 'forward', failure)).next).toBe('restore');
    expect((await run(world, second, 'forward', failure)).next).toBe('end');
  });

  it.each([
    ['breached', { breachedRing: 'canary' }],
    ['restoring', { phase: 'restoring' }],
  ] as const)('leaves the restore to the campaign when that is %s', async (_what, campaign) => {
    const record = touched();
    const world = await worldWith(record, campaign, 5);
    expect((await run(world, record, 'forward', failure)).next).toBe('end');
  });

  it('counts a failure once, and answers the same when it is told twice', async () => {
    const record = touched();
    const world = await worldWith(record, {}, 1);
    const first = await run(world, record, 'forward', failure);
    expect(await run(world, record, 'forward', failure)).toEqual(first);
    expect(await ringFailures(world, 'campaign-1', 'canary')).toHaveLength(1);
  });

  it('counts the failure that a first invocation has recorded but not counted any more', async () => {
    const record = touched({ status: 'failed', reason: 'UpdateFailed: no' });
    const world = await worldWith(record);
    expect(await run(world, record, 'forward', failure)).toEqual({ next: 'end', after: record });
    expect(await findCampaign(world, 'campaign-1')).toMatchObject({ breachedRing: 'canary' });
  });

  it('does not count a stack that was never touched', async () => {
    const record = aClaimedStack();
    const world = await worldWith(record);
    expect((await run(world, record, 'forward', failure)).next).toBe('end');
    expect(await ringFailures(world, 'campaign-1', 'canary')).toHaveLength(0);
  });

  it('does not count a restore that went wrong as a second failure', async () => {
    const record = touched({ status: 'restoring' });
    const world = await worldWith(record, {}, 1);
    await run(world, record, 'restore', failure);
    expect(await ringFailures(world, 'campaign-1', 'canary')).toHaveLength(0);
  });
});

describe('record stack and what others wait for', () => {
  it.each([
    ['the first time', touched()],
    ['the second time', touched({ status: 'done' })],
  ])('gives lease and slot back %s', async (_what, record) => {
    const world = await worldWith(record);
    const slot = { campaignId: 'campaign-1', target: here, direction: 'forward', stackId: record.stackId } as const;
    await takeLease(world, 'campaign-1', record.stackId);
    await takeSlot(world, slot, 10);
    await run(world, record);
    expect(await leaseOf(world, record.stackId)).toBeNull();
    expect(await world.table.get(keys.slots('campaign-1', here, 'forward'))).not.toHaveProperty('holders');
  });

  it('leaves the lease to the campaign that has it by now', async () => {
    const record = touched();
    const world = await worldWith(record);
    await takeLease(world, 'campaign-2', record.stackId);
    await run(world, record);
    expect(await world.table.get(keys.lease(record.stackId))).toMatchObject({ campaignId: 'campaign-2' });
  });
});
