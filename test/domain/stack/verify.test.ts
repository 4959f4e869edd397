import { describe, expect, it } from '@jest/globals';
import { Throttled } from '../../../domain/errors.ts';
import type { Campaign } from '../../../domain/records/campaign.ts';
import type { StackRecord } from '../../../domain/records/stack-record.ts';
import { verify } from '../../../domain/stack/verify.ts';
import { changeCampaign } from '../../../domain/store/campaigns.ts';
import { findWait, storeWait } from '../../../domain/store/waits.ts';
import { aGroup, aTargetHealth } from '../fakes/groups.ts';
import { groupArnOf, newImage, oldImage } from '../fakes/names.ts';
import { readAgain, seedStack, trailOf } from '../fakes/seed.ts';
import { aClaimedStack, aTask } from '../fakes/stack-record.ts';
import { aWorld, type World } from '../fakes/world.ts';

const group1 = groupArnOf('group-1');
const group2 = groupArnOf('group-2');

const worldWith = async (found: World['groups']['found'], record = aClaimedStack(), over: Partial<Campaign> = {}) => {
  const world = aWorld();
  await seedStack(world, record, over);
  world.groups.found = found;
  return { world, record };
};
const forward = (world: World, record: StackRecord, taskToken = 'token-1') =>
  verify(world)(aTask(record, 'forward', taskToken));
const back = (world: World, record: StackRecord, taskToken = 'token-1') =>
  verify(world)(aTask(record, 'restore', taskToken));
const done = (instances: number) => [{ taskToken: 'token-1', output: { instances } }];
const openRestore = (world: World) =>
  changeCampaign(world, 'campaign-1', { phase: 'restoring' }, { who: 'test', what: 'restoring', why: '' });

describe('verify', () => {
  it('completes at once where every instance runs the image, with the counts as evidence', async () => {
    const { world, record } = await worldWith([
      aGroup({ [newImage]: 2 }),
      aGroup({ [newImage]: 3 }, { name: 'group-2', desired: 3 }),
    ]);
    await forward(world, record);
    expect(world.executions.completed).toEqual(done(5));
    expect(await readAgain(world, record)).toMatchObject({ status: 'verifying', instances: { [newImage]: 5 } });
    expect((await trailOf(world, 'campaign-1', record.stackId)).at(-1)).toMatchObject({
      what: 'instances verified',
      evidence: { instances: { [newImage]: 5 } },
    });
    expect(world.groups.calls).toEqual(['count 1']);
    expect(await findWait(world, group1)).toBeUndefined();
  });

  it('counts the previous image on the way back, and leaves the status alone', async () => {
    const record = aClaimedStack({ status: 'restoring', touched: true });
    const { world } = await worldWith([aGroup({ [oldImage]: 2 })], record, { phase: 'restoring' });
    await back(world, record);
    expect(world.executions.completed).toEqual(done(2));
    expect((await readAgain(world, record)).status).toBe('restoring');
  });

  it('refreshes only the groups where old instances are, and waits for all of them', async () => {
    const { world, record } = await worldWith([
      aGroup({ [newImage]: 1, [oldImage]: 1 }),
      aGroup({ [newImage]: 2 }, { name: 'group-2' }),
    ]);
    await forward(world, record);
    expect(world.groups.calls).toEqual(['count 1', 'refresh group-1']);
    expect(world.executions.completed).toEqual([]);
    expect(await findWait(world, group1)).toMatchObject({
      kind: 'verify',
      taskToken: 'token-1',
      direction: 'forward',
      context: {
        wanted: newImage,
        ring: 'canary',
        groups: [group1, group2],
        group: 'group-1',
        restart: false,
        refreshId: 'refresh-1',
        deadline: '2026-11-22T12:30:00.000Z',
      },
      overdueAt: '2026-11-22T12:10:00.000Z',
    });
    expect(await findWait(world, group2)).toMatchObject({ context: { group: 'group-2', refreshId: '' } });
  });

  it('refreshes nothing where only launches are still to come', async () => {
    const { world, record } = await worldWith([aGroup({ [newImage]: 1 }, { unsettled: 1 })]);
    await forward(world, record);
    expect(world.groups.calls).toEqual(['count 1', 'count 1']);
    expect(await findWait(world, group1)).toMatchObject({ context: { refreshId: '' } });
    expect(world.executions.completed).toEqual([]);
  });

  it('sees the instance that was launched while its waits were being stored', async () => {
    const { world, record } = await worldWith([aGroup({ [newImage]: 1 })]);
    const ofStacks = world.groups.ofStacks.bind(world.groups);
    world.groups.ofStacks = async (target, ids) => {
      const found = await ofStacks(target, ids);
      world.groups.found = [aGroup({ [newImage]: 2 })];
      return found;
    };
    await forward(world, record);
    expect(world.executions.completed).toEqual(done(2));
    expect(await findWait(world, group1)).toBeUndefined();
  });

  it('replaces broken instances on the way back, also where none of them is InService', async () => {
    const record = aClaimedStack({ status: 'restoring', touched: true });
    const { world } = await worldWith([aGroup({}, { unsettled: 2 })], record, { phase: 'restoring' });
    await back(world, record);
    expect(world.groups.calls).toEqual(['count 1', 'refresh group-1']);
  });

  it('has stored the wait by the time the refresh starts', async () => {
    const { world, record } = await worldWith([aGroup()]);
    let seen: unknown;
    world.groups.onRefresh = async () => {
      seen = await findWait(world, group1);
    };
    await forward(world, record);
    expect(seen).toMatchObject({ taskToken: 'token-1', context: { wanted: newImage, group: 'group-1' } });
  });

  it('starts no refresh behind the fence', async () => {
    const { world, record } = await worldWith([aGroup()], aClaimedStack(), { phase: 'restoring' });
    await expect(forward(world, record)).rejects.toMatchObject({ name: 'Fenced' });
    expect(world.groups.calls).toEqual(['count 1']);
  });

  it('reads the fence again for every group', async () => {
    const { world, record } = await worldWith([aGroup(), aGroup({ [oldImage]: 2 }, { name: 'group-2' })]);
    world.groups.onRefresh = () => openRestore(world).then(() => undefined);
    await expect(forward(world, record)).rejects.toMatchObject({ name: 'Fenced' });
    expect(world.groups.calls).toEqual(['count 1', 'refresh group-1']);
  });
});

describe('verify of a stack with groups that its image does not reach', () => {
  const record = aClaimedStack({ groups: ['Group'] });
  const other = aGroup({ 'ami-00000000000000009': 2 }, { name: 'group-2', logicalId: 'Other' });

  it('counts only the groups that it does reach', async () => {
    const { world } = await worldWith([aGroup({ [newImage]: 2 }), other], record);
    await forward(world, record);
    expect(world.executions.completed).toEqual(done(2));
  });

  it('refreshes only those', async () => {
    const { world } = await worldWith([aGroup(), other], record);
    await forward(world, record);
    expect(world.groups.calls).toEqual(['count 1', 'refresh group-1']);
    expect(await findWait(world, group2)).toBeUndefined();
  });
});

describe('verify beside a refresh that runs already', () => {
  it.each([
    ['waits for it, and remembers to start its own', 'forward', ['count 1', 'refresh group-1']],
    ['ends it on the way back', 'restore', ['count 1', 'refresh group-1', 'cancel group-1']],
  ] as const)('%s', async (_what, direction, calls) => {
    const record = aClaimedStack({ status: direction === 'forward' ? 'updating' : 'restoring', touched: true });
    const { world } = await worldWith([aGroup({ 'ami-00000000000000009': 2 })], record, {
      phase: direction === 'forward' ? 'running' : 'restoring',
    });
    world.groups.running.set('group-1', 'foreign');
    await verify(world)(aTask(record, direction));
    expect(world.groups.calls).toEqual(calls);
    expect(await findWait(world, group1)).toMatchObject({ context: { restart: true, refreshId: '' } });
    expect(world.executions.completed).toEqual([]);
  });

  it('takes the one that its own first invocation has started for its own', async () => {
    const { world, record } = await worldWith([aGroup()]);
    await forward(world, record);
    await forward(world, record, 'token-2');
    expect(await findWait(world, group1)).toMatchObject({
      taskToken: 'token-2',
      context: { restart: false, refreshId: 'refresh-1' },
    });
  });

  it('still takes it for its own when a try in between has failed', async () => {
    const { world, record } = await worldWith([aGroup()]);
    await forward(world, record);
    world.groups.onRefresh = () => Promise.reject(new Throttled('slow down'));
    await expect(forward(world, record, 'token-2')).rejects.toThrow(Throttled);
    world.groups.onRefresh = () => Promise.resolve();
    await forward(world, record, 'token-3');
    expect(await findWait(world, group1)).toMatchObject({
      taskToken: 'token-3',
      context: { restart: false, refreshId: 'refresh-1' },
    });
  });

  it('still takes it for foreign when an invocation that has found it so is repeated', async () => {
    const { world, record } = await worldWith([aGroup()]);
    world.groups.running.set('group-1', 'foreign');
    await forward(world, record);
    await forward(world, record, 'token-2');
    expect(await findWait(world, group1)).toMatchObject({
      taskToken: 'token-2',
      context: { restart: true, refreshId: '' },
    });
  });

  it('takes the one of the way forward for foreign on the way back', async () => {
    const { world, record } = await worldWith([aGroup()]);
    await forward(world, record);
    await openRestore(world);
    world.groups.found = [aGroup({ [newImage]: 2 })];
    await back(world, record, 'token-2');
    expect(world.groups.calls).toContain('cancel group-1');
    expect(await findWait(world, group1)).toMatchObject({ context: { restart: true } });
  });

  it('takes the one of another campaign for foreign', async () => {
    const { world, record } = await worldWith([aGroup()]);
    await forward(world, record);
    const wait = (await findWait(world, group1))!;
    await storeWait(world, { ...wait, campaignId: 'campaign-0' });
    await forward(world, record, 'token-2');
    expect(await findWait(world, group1)).toMatchObject({ context: { restart: true } });
  });
});

describe('verify of a group with a target group', () => {
  const arn = 'arn:aws:elasticloadbalancing:eu-west-1:1:targetgroup/web/1';
  const behind = (image: string, over = {}) =>
    aGroup(
      { [image]: 2 },
      {
        targetGroups: [arn],
        instances: ['i-1', 'i-2'].map((id) => ({ id, image, state: 'InService' })),
        ...over,
      },
    );
  const initial = aTargetHealth('i-2', { state: 'initial', reason: 'Elb.InitialHealthChecking' });

  it('completes at once where the target group finds all instances healthy', async () => {
    const { world, record } = await worldWith([behind(newImage)]);
    world.targetGroups.found.set(arn, [aTargetHealth('i-1'), aTargetHealth('i-2')]);
    await forward(world, record);
    expect(world.executions.completed).toEqual(done(2));
  });

  it('waits for the others without a refresh, and has the sweep look early', async () => {
    const { world, record } = await worldWith([behind(newImage)]);
    world.targetGroups.found.set(arn, [aTargetHealth('i-1'), initial]);
    await forward(world, record);
    expect(world.executions.completed).toEqual([]);
    expect(world.groups.calls).toEqual(['count 1', 'count 1']);
    const wait = await findWait(world, group1);
    expect(Date.parse(wait?.overdueAt ?? '') - Date.parse(wait?.createdAt ?? '')).toBe(3 * 60_000);
  });

  it('replaces nothing on the way back that is only not healthy yet', async () => {
    const record = aClaimedStack({ status: 'restoring', touched: true });
    const { world } = await worldWith([behind(oldImage)], record, { phase: 'restoring' });
    world.targetGroups.found.set(arn, [aTargetHealth('i-1'), initial]);
    await back(world, record);
    expect(world.groups.calls).toEqual(['count 1', 'count 1']);
    expect(world.executions.completed).toEqual([]);
  });

  it('asks nothing of old instances, which a refresh replaces', async () => {
    const { world, record } = await worldWith([behind(oldImage)]);
    await forward(world, record);
    expect(world.targetGroups.asked).toEqual([]);
    expect(world.groups.calls).toEqual(['count 1', 'refresh group-1']);
  });
});
