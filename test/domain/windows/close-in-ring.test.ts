import { describe, expect, it } from '@jest/globals';
import type { Configuration } from '../../../domain/configuration.ts';
import { settleEvent } from '../../../domain/events/settle-event.ts';
import { sweep } from '../../../domain/events/sweep.ts';
import type { StackRecord } from '../../../domain/records/stack-record.ts';
import { record as recordStack } from '../../../domain/stack/record.ts';
import { changeCampaign } from '../../../domain/store/campaigns.ts';
import { holdGroups, keys } from '../../../domain/store/keys.ts';
import { pausesOf } from '../../../domain/store/ring-pauses.ts';
import { awaitWindow } from '../../../domain/windows/await-window.ts';
import { aRing } from '../fakes/configuration.ts';
import { seedStacks, trailOf } from '../fakes/seed.ts';
import { aClaimedStack, aTask } from '../fakes/stack-record.ts';
import type { World } from '../fakes/world.ts';
import { claimableWorld, claimForward } from '../stack/claim-world.ts';
import { claim } from '../../../domain/stack/claim.ts';

const tonight = '2026-11-22T20:00:00.000Z';
const nightly: Partial<Configuration> = {
  rings: [aRing({ windows: [{ cron: '0 20 * * *', hours: 2, timeZone: 'UTC' }] })],
};
const frozen: Partial<Configuration> = { calendars: ['freeze'] };
const closedUntil = (until: string | null) => ({ open: false, changesAt: until, trouble: '' });
const openUntil = (until: string | null) => ({ open: true, changesAt: until, trouble: '' });

const group = holdGroups.closed('campaign-1', 'canary');
const held = async (world: World) => (await world.table.query({ partition: `HOLD#${group}` })).items;
const starts = (world: World) => awaitWindow(world)({ campaignId: 'campaign-1', ring: 'canary', taskToken: 'ring' });
const claims = (world: World) => world.executions.completed.filter(({ taskToken }) => taskToken !== 'ring');
const inWorld = (over: Partial<Configuration>) => claimableWorld(() => undefined, {}, over);
/** A world whose ring has begun while the calendar was open, until one o'clock. */
const begunWorld = async () => {
  const { world, record } = await inWorld(frozen);
  world.calendars.now = openUntil('2026-11-22T13:00:00.000Z');
  await starts(world);
  world.calendars.asked.length = 0;
  return { world, record };
};

describe('a window that is closed while the ring runs', () => {
  it('holds new stacks until it opens, and says until when', async () => {
    const { world, record } = await inWorld(nightly);
    expect(await claimForward(world, record)).toMatchObject({
      status: 'holding',
      reason: `no window of ring canary is open until ${tonight}`,
      busySince: null,
    });
    expect(await held(world)).toMatchObject([{ taskToken: 'token-1', overdueAt: tonight }]);
    expect(world.stacks.calls).toEqual([]);
    expect(claims(world)).toEqual([]);
  });

  it('lets them go once it is open, and forgets the hold', async () => {
    const { world, record } = await inWorld(nightly);
    await claimForward(world, record);
    world.clock.advance(8 * 60);
    expect(await claimForward(world, record)).toMatchObject({ status: 'updating', reason: '' });
    expect(await held(world)).toEqual([]);
  });

  it('is overdue anew at the next opening where a claim was woken too late', async () => {
    const { world, record } = await inWorld(nightly);
    await claimForward(world, record);
    world.clock.advance(11 * 60);
    await claimForward(world, record);
    expect(await held(world)).toMatchObject([{ overdueAt: '2026-11-23T20:00:00.000Z' }]);
  });

  it('holds no drill, which would keep the turn of its family until then', async () => {
    const drill = {
      stackId: 'arn',
      stackName: 'app-0001',
      account: '444455556666',
      region: 'eu-west-1',
      provenAt: null,
      result: null,
    };
    const { world, record } = await claimableWorld(() => undefined, { drill }, nightly);
    expect(await claimForward(world, record)).toMatchObject({
      status: 'skipped',
      reason: `no window of ring canary is open until ${tonight}, and a drill waits for nobody`,
    });
    expect(await held(world)).toEqual([]);
    expect(claims(world)).toMatchObject([{ output: { decision: 'skip' } }]);
  });

  it('does not hold a stack that has been written', async () => {
    const { world, record } = await inWorld(nightly);
    await seedStacks(world, { ...record, ...aClaimedStack({ touched: true }) });
    await claimForward(world, record);
    expect(claims(world)).toMatchObject([{ output: { decision: 'go' } }]);
  });

  it('is not asked by the way back', async () => {
    const { world, record } = await inWorld({ ...nightly, ...frozen });
    world.calendars.now = closedUntil(tonight);
    await seedStacks(world, { ...record, ...aClaimedStack({ status: 'failed', touched: true }) });
    await claim(world)(aTask(record, 'restore'));
    expect(claims(world)).toMatchObject([{ output: { decision: 'go' } }]);
    expect(world.calendars.asked).toEqual([]);
  });

  it('is in the trail and in the report once for each time, however many stacks wait', async () => {
    const { world, record } = await inWorld(nightly);
    const others = ['app-0002', 'app-0003'].map((stackName, order) => ({
      ...record,
      stackName,
      stackId: `${record.stackId}-${stackName}`,
      order: order + 1,
    }));
    await seedStacks(world, record, ...others);
    for (const one of [record, ...others]) await claimForward(world, one, one.stackName);
    const reason = 'no window of ring canary is open';
    expect((await trailOf(world)).filter(({ what }) => what === 'ring canary pauses')).toMatchObject([
      { who: 'Claim Stack', why: reason, evidence: { until: tonight } },
    ]);
    expect(await pausesOf(world, 'campaign-1', 'canary')).toEqual([
      { since: '2026-11-22T12:00:00.000Z', until: tonight, reason },
    ]);
  });

  it('lets nobody wait who was late for the breach of the budget', async () => {
    const { world, record } = await inWorld(nightly);
    const table: World['table'] = {
      ...world.table,
      put: async (key, item, condition) => {
        await world.table.put(key, item, condition);
        if (key.pk.startsWith('HOLD#'))
          await changeCampaign(world, 'campaign-1', { breachedRing: 'canary' }, { who: 'x', what: 'x', why: 'x' });
      },
    };
    await claim({ ...world, table })(aTask(record));
    expect(claims(world)).toMatchObject([{ output: { decision: 'skip' } }]);
    expect(await held(world)).toEqual([]);
  });

  it('does not hold up the restore: a breach wakes whoever waits', async () => {
    const { world, record } = await inWorld(nightly);
    const failed: StackRecord = {
      ...aClaimedStack({ stackName: 'app-0009', touched: true, status: 'verifying' }),
    };
    await seedStacks(world, record, failed);
    await claimForward(world, record);
    await recordStack(world)({ ...aTask(failed), failure: { Error: 'UpdateFailed', Cause: 'x' } });
    expect(world.functions.queued).toMatchObject([
      { functionName: 'claim-stack', payload: { taskToken: 'token-1', stack: { stackId: record.stackId } } },
    ]);
    expect(await claimForward(world, record)).toMatchObject({ status: 'skipped', reason: 'campaign ended' });
  });

  it('is opened by the sweep, and by no sweep before', async () => {
    const { world, record } = await inWorld(nightly);
    await claimForward(world, record);
    world.clock.advance(7 * 60 + 59);
    await sweep(world)();
    expect(world.functions.queued).toEqual([]);
    world.clock.advance(1);
    await sweep(world)();
    expect(world.functions.queued).toMatchObject([{ functionName: 'claim-stack', payload: { taskToken: 'token-1' } }]);
  });
});

describe('a calendar that closes while the ring runs', () => {
  it('is not asked before the moment at which it was known to change, and once then', async () => {
    const { world, record } = await inWorld(frozen);
    const second = { ...record, stackName: 'app-0002', stackId: `${record.stackId}-2`, order: 1 };
    await seedStacks(world, record, second);
    world.calendars.now = openUntil('2026-11-22T13:00:00.000Z');
    await starts(world);
    world.calendars.asked.length = 0;
    await claimForward(world, second, 'token-2');
    expect(world.calendars.asked).toEqual([]);
    world.clock.advance(60);
    world.calendars.now = closedUntil(tonight);
    expect(await claimForward(world, record)).toMatchObject({
      status: 'holding',
      reason: `change calendar freeze is closed until ${tonight}`,
    });
    await claimForward(world, record, 'token-3');
    expect(world.calendars.asked).toEqual([['freeze']]);
  });

  it('is asked once an hour where nobody knows when it changes', async () => {
    const { world, record } = await inWorld(frozen);
    world.calendars.now = closedUntil(null);
    await claimForward(world, record);
    expect(await held(world)).toMatchObject([{ overdueAt: '2026-11-22T12:45:00.000Z' }]);
    world.clock.advance(59);
    await claimForward(world, record);
    expect(world.calendars.asked).toHaveLength(1);
    world.clock.advance(1);
    await claimForward(world, record);
    expect(world.calendars.asked).toHaveLength(2);
  });

  it('is asked again where the configuration names another one by now', async () => {
    const { world, record } = await begunWorld();
    const configuration = { ...world.configuration(), calendars: ['another'] };
    await claim({ ...world, configuration: () => configuration })(aTask(record));
    expect(world.calendars.asked).toEqual([['another']]);
  });

  it('wakes what waits when its event says that it is open, and closes the ring when it says that it is not', async () => {
    const { world, record } = await begunWorld();
    const event = settleEvent(world);
    world.calendars.now = closedUntil(tonight);
    await event({ 'detail-type': 'Calendar State Change' });
    expect(await claimForward(world, record)).toMatchObject({ status: 'holding' });
    await event({ 'detail-type': 'Calendar State Change' });
    expect(world.functions.queued).toEqual([]);
    world.calendars.now = openUntil(null);
    await event({ 'detail-type': 'Calendar State Change' });
    expect(world.functions.queued).toMatchObject([{ functionName: 'claim-stack', payload: { taskToken: 'token-1' } }]);
    expect(await claimForward(world, record)).toMatchObject({ status: 'updating' });
  });

  it('wakes nobody where its time was extended, and is looked at when that is over', async () => {
    const { world, record } = await inWorld(frozen);
    world.calendars.now = closedUntil('2026-11-22T13:00:00.000Z');
    await claimForward(world, record);
    world.calendars.now = closedUntil('2026-11-22T14:00:00.000Z');
    world.clock.advance(60);
    await sweep(world)();
    expect(world.functions.queued).toEqual([]);
    const [hold] = await world.table
      .query({ partition: `HOLD#${group}` })
      .then(({ items }) => items as readonly { readonly isk: string }[]);
    expect(hold?.isk).toMatch(/^2026-11-22T14:00:00.000Z#/);
    world.calendars.now = openUntil(null);
    world.clock.advance(60);
    await sweep(world)();
    expect(world.functions.queued).toHaveLength(1);
  });

  it('opens for a claim whose hold came too late for the event', async () => {
    const { world, record } = await inWorld(frozen);
    world.calendars.now = closedUntil(tonight);
    const table: World['table'] = {
      ...world.table,
      put: async (key, item, condition) => {
        await world.table.put(key, item, condition);
        if (!key.pk.startsWith('HOLD#')) return;
        const calendars = { ...openUntil(null), names: ['freeze'], askedAt: '2026-11-22T12:00:00.000Z' };
        await world.table.update(keys.ring('campaign-1', 'canary'), { set: { calendars } });
      },
    };
    await claim({ ...world, table })(aTask(record));
    expect(claims(world)).toMatchObject([{ output: { decision: 'go' } }]);
  });
});
