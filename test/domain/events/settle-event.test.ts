import { describe, expect, it } from '@jest/globals';
import { settleEvent } from '../../../domain/events/settle-event.ts';
import { scan } from '../../../domain/gating/inspector-scan.ts';
import { storeHold } from '../../../domain/store/holds.ts';
import { holdGroups } from '../../../domain/store/keys.ts';
import { findWait, storeWait } from '../../../domain/store/waits.ts';
import { anImage } from '../fakes/images.ts';
import { here, hub, newImage, stackIdOf } from '../fakes/names.ts';
import { seedCampaign } from '../fakes/seed.ts';
import { aWait } from '../fakes/wait.ts';
import { aWorld, type World } from '../fakes/world.ts';

const stackId = stackIdOf('app-0001');
const requestToken = 'ar-operation-f1';
const stackEvent = (status: string, over: Record<string, unknown> = {}) => ({
  'detail-type': 'CloudFormation Stack Status Change',
  source: 'aws.cloudformation',
  ...here,
  detail: {
    'stack-id': stackId,
    'status-details': { status, 'status-reason': 'said so' },
    'client-request-token': requestToken,
    ...over,
  },
});
const worldWith = async () => {
  const world = aWorld();
  await storeWait(world, aWait({ key: requestToken }));
  return world;
};
const completedAfter = async (...events: { 'detail-type': string }[]) => {
  const world = await worldWith();
  for (const event of events) await settleEvent(world)(event);
  return world.executions.completed;
};
const changed = { taskToken: 'token-1', output: { changed: true } };

describe('settleEvent with the status of a stack', () => {
  it('completes the task that has started the operation', async () => {
    expect(await completedAfter(stackEvent('UPDATE_COMPLETE'))).toEqual([changed]);
    expect(await completedAfter(stackEvent('UPDATE_ROLLBACK_COMPLETE'))).toEqual([
      { taskToken: 'token-1', error: 'UpdateFailed', cause: 'said so' },
    ]);
  });

  it.each([
    ['twice', [stackEvent('UPDATE_COMPLETE'), stackEvent('UPDATE_COMPLETE')]],
    ['out of order', [stackEvent('UPDATE_COMPLETE'), stackEvent('UPDATE_COMPLETE_CLEANUP_IN_PROGRESS')]],
    ['with another end after the first', [stackEvent('UPDATE_COMPLETE'), stackEvent('UPDATE_ROLLBACK_COMPLETE')]],
  ])('completes it once when events come %s', async (_what, events) => {
    expect(await completedAfter(...events)).toEqual([changed]);
  });

  it.each([
    ['a nested stack, which carries the same token', { 'stack-id': `${stackId}-nested` }],
    ['another operation on the stack', { 'client-request-token': 'ar-operation-f2' }],
    ["an operation of somebody else's", { 'client-request-token': 'Console-UpdateStack-1' }],
    ['an operation without a token', { 'client-request-token': null }],
    ['an operation that names none', { 'client-request-token': undefined }],
  ])('takes no notice of %s', async (_what, over) => {
    expect(await completedAfter(stackEvent('UPDATE_COMPLETE', over))).toEqual([]);
  });

  it.each([
    ['another account', { account: '999999999999' }],
    ["the hub's account", { account: hub.account }],
    ['another region', { region: 'eu-west-9' }],
  ])('refuses what %s says of the stack, even with the token of its operation', async (_what, from) => {
    const world = await worldWith();
    const hold = aWait({ key: 'hold', kind: 'hold', taskToken: 'token-h', context: { stack: {} } });
    await storeHold(world, holdGroups.busy(stackId), 0, hold);
    const answer = await settleEvent(world)({ ...stackEvent('UPDATE_ROLLBACK_COMPLETE'), ...from });
    expect(answer).toEqual({ subject: null, refused: expect.stringContaining(stackId) });
    expect(world.executions.completed).toEqual([]);
    expect(world.functions.queued).toEqual([]);
    expect(await findWait(world, requestToken)).toBeDefined();
  });

  it.each(['', 'app-0001', '__proto__', stackId.replace('arn:', 'urn:'), 'arn:aws:cloudformation'])(
    'refuses a stack id that is none: %j',
    async (id) => {
      const answer = await settleEvent(await worldWith())(stackEvent('UPDATE_COMPLETE', { 'stack-id': id }));
      expect(answer).toMatchObject({ subject: null, refused: expect.any(String) });
    },
  );

  it('completes nothing for a stack of the same name in another partition', async () => {
    const id = stackId.replace('arn:aws:', 'arn:aws-cn:');
    expect(await completedAfter(stackEvent('UPDATE_COMPLETE', { 'stack-id': id }))).toEqual([]);
  });

  it('goes on where nobody waits for the task any more', async () => {
    const world = await worldWith();
    world.executions.abandon('token-1');
    await settleEvent(world)(stackEvent('UPDATE_COMPLETE'));
    expect(await findWait(world, requestToken)).toBeUndefined();
  });

  it.each([
    ['UPDATE_COMPLETE', 1],
    ['UPDATE_ROLLBACK_FAILED', 1],
    ['DELETE_COMPLETE', 1],
    ['UPDATE_IN_PROGRESS', 0],
    ['UPDATE_COMPLETE_CLEANUP_IN_PROGRESS', 0],
  ])('at %s wakes %d claims that wait for the stack', async (status, woken) => {
    const world = aWorld();
    const hold = aWait({ key: 'hold', kind: 'hold', taskToken: 'token-h', context: { stack: {} } });
    await storeHold(world, holdGroups.busy(stackId), 0, hold);
    await storeHold(world, holdGroups.busy('another'), 0, { ...hold, key: 'hold-2' });
    const event = stackEvent(status, { 'client-request-token': 'foreign' });
    await settleEvent(world)(event);
    await settleEvent(world)(event);
    expect(world.functions.queued).toHaveLength(woken);
  });

  it('refuses an event that is not one, for Lambda to put aside', async () => {
    await expect(settleEvent(aWorld())({ 'detail-type': 'CloudFormation Stack Status Change' })).rejects.toThrow();
  });
});

describe('settleEvent with a scan', () => {
  const waiting = async (): Promise<World> => {
    const world = aWorld();
    await seedCampaign(world);
    world.images.put(anImage({ createdAt: '2026-11-22T11:00:00.000Z' }));
    world.scans.now = { state: 'pending', reason: '', scannedAt: null };
    const image = { id: newImage, region: hub.region };
    await scan(world)({ campaignId: 'campaign-1', image, category: 'base', taskToken: 'token-1' });
    world.scans.now = { state: 'finished', reason: '', scannedAt: '2026-11-22T11:30:00.000Z' };
    return world;
  };

  it.each([
    ['Inspector2 Scan', { 'machine-image-id': newImage }, 1],
    ['Inspector2 OnDemand Scan Complete', { resourceId: newImage }, 1],
    ['Inspector2 Scan', { 'machine-image-id': 'ami-00000000000000009' }, 0],
    ['Inspector2 Scan', {}, 0],
  ])('%s %j completes %d waits', async (type, detail, count) => {
    const world = await waiting();
    await settleEvent(world)({ 'detail-type': type, detail } as { 'detail-type': string });
    expect(world.executions.completed).toHaveLength(count);
  });
});

describe('settleEvent with anything else', () => {
  it('does nothing', async () => {
    const world = await worldWith();
    await settleEvent(world)({ 'detail-type': 'EC2 Instance Rebalance Recommendation' });
    expect(world.executions.completed).toEqual([]);
  });
});
