import { describe, expect, it } from '@jest/globals';
import { settleEvent } from '../../../domain/events/settle-event.ts';
import { settleGroup } from '../../../domain/events/settle-group.ts';
import { verify } from '../../../domain/stack/verify.ts';
import { changeCampaign } from '../../../domain/store/campaigns.ts';
import { findWait } from '../../../domain/store/waits.ts';
import { aGroup } from '../fakes/groups.ts';
import { foreignImage, groupArnOf, here, newImage, oldImage } from '../fakes/names.ts';
import { readAgain, seedStack, trailOf } from '../fakes/seed.ts';
import { aClaimedStack, aTask } from '../fakes/stack-record.ts';
import { aWorld, type World } from '../fakes/world.ts';

const arn = groupArnOf('group-1');
const done = [{ taskToken: 'token-1', output: { instances: 2 } }];

/** A verification that waits for what the group comes to. */
const waiting = async (found = aGroup(), foreignRefresh = false, direction: 'forward' | 'restore' = 'forward') => {
  const world = aWorld();
  const status = direction === 'forward' ? 'updating' : 'restoring';
  const record = await seedStack(world, aClaimedStack({ status, touched: true }), {
    phase: direction === 'forward' ? 'running' : 'restoring',
  });
  world.groups.found = [found];
  if (foreignRefresh) world.groups.running.set('group-1', 'foreign');
  await verify(world)(aTask(record, direction));
  world.groups.calls.length = 0;
  return { world, record };
};
const event = (type: string, refreshId?: string) => ({
  'detail-type': type,
  ...here,
  resources: ['arn:aws:ec2:eu-west-1:1:instance/i-1', arn],
  detail: refreshId === undefined ? {} : { InstanceRefreshId: refreshId },
});
const launched = event('EC2 Instance Launch Successful');
const succeeded = (id = 'refresh-1') => event('EC2 Auto Scaling Instance Refresh Succeeded', id);
const failed = (id = 'refresh-1') => event('EC2 Auto Scaling Instance Refresh Failed', id);
const cancelled = (id: string) => event('EC2 Auto Scaling Instance Refresh Cancelled', id);
const all = (world: World, image = newImage) => {
  world.groups.found = [aGroup({ [image]: 2 })];
};

describe('settleEvent with a group', () => {
  it.each([
    ['launch', launched],
    ['termination', event('EC2 Instance Terminate Successful')],
    ['refresh that succeeded', succeeded()],
    ['refresh that failed although all is well', failed()],
  ])('completes the verification at a %s that makes the counts match', async (_what, given) => {
    const { world, record } = await waiting();
    all(world);
    await settleEvent(world)(given);
    expect(world.executions.completed).toEqual(done);
    expect(await readAgain(world, record)).toMatchObject({ instances: { [newImage]: 2 } });
    expect(await findWait(world, arn)).toBeUndefined();
  });

  it.each([
    ['another account', { account: '999999999999' }],
    ['another region', { region: 'eu-west-9' }],
  ])('refuses what comes from %s', async (_what, from) => {
    const { world } = await waiting();
    all(world);
    expect(await settleEvent(world)({ ...launched, ...from })).toMatchObject({ refused: expect.any(String) });
    expect(await settleEvent(world)({ ...failed(), ...from })).toMatchObject({ refused: expect.any(String) });
    expect(world.executions.completed).toEqual([]);
    expect(world.groups.calls).toEqual([]);
  });

  it('completes it once when the event comes twice', async () => {
    const { world } = await waiting();
    all(world);
    await settleEvent(world)(launched);
    await settleEvent(world)(launched);
    expect(world.executions.completed).toEqual(done);
  });

  it.each([
    ['another group', { ...launched, resources: [groupArnOf('another')] }],
    ['no group at all', { ...launched, resources: [] }],
  ])('takes no notice of %s', async (_what, given) => {
    const { world } = await waiting();
    all(world);
    await settleEvent(world)(given);
    expect(world.executions.completed).toEqual([]);
    expect(world.groups.calls).toEqual([]);
  });

  it('goes on waiting while old instances are left', async () => {
    const { world } = await waiting();
    world.groups.found = [aGroup({ [newImage]: 1, [oldImage]: 1 })];
    await settleEvent(world)(launched);
    expect(world.executions.completed).toEqual([]);
    expect(await findWait(world, arn)).toBeDefined();
  });

  it.each([
    ['Failed', failed()],
    ['Cancelled', cancelled('refresh-1')],
  ])('fails it when our refresh is %s and old instances are left', async (what, given) => {
    const { world } = await waiting();
    world.groups.found = [aGroup({ [newImage]: 1, [oldImage]: 1 }, { unsettled: 1 })];
    await settleEvent(world)(given);
    expect(world.executions.completed).toEqual([
      {
        taskToken: 'token-1',
        error: 'RefreshFailed',
        cause: `EC2 Auto Scaling Instance Refresh ${what}; InService: 1 × ${newImage}, 1 × ${oldImage}; 1 not in service`,
      },
    ]);
    expect(await findWait(world, arn)).toBeUndefined();
  });

  it('names the instances that do not run the image, and the state they are in', async () => {
    const { world } = await waiting();
    const instances = [
      { id: 'i-1', image: newImage, state: 'InService' },
      { id: 'i-2', image: oldImage, state: 'InService' },
      { id: 'i-3', image: null, state: 'Pending, unhealthy' },
    ];
    world.groups.found = [aGroup({ [newImage]: 1, [oldImage]: 1 }, { unsettled: 1, instances })];
    await settleEvent(world)(failed());
    expect(world.executions.completed[0]?.cause).toBe(
      `EC2 Auto Scaling Instance Refresh Failed; InService: 1 × ${newImage}, 1 × ${oldImage}; 1 not in service: i-2 (InService on ${oldImage}), i-3 (Pending, unhealthy)`,
    );
  });

  it('adds what Auto Scaling says about the group', async () => {
    const { world } = await waiting();
    world.groups.said = ['its last refresh: not healthy in time', 'its last failed activity: no capacity'];
    await settleEvent(world)(failed());
    expect(world.executions.completed[0]?.cause).toMatch(
      /; group-1: its last refresh: not healthy in time; its last failed activity: no capacity$/,
    );
    expect(world.groups.calls.filter((call) => call === 'trouble group-1')).toHaveLength(1);
  });

  it('fails without it where Auto Scaling may not be asked', async () => {
    const { world } = await waiting();
    world.groups.said = undefined;
    await settleEvent(world)(failed());
    expect(world.executions.completed).toMatchObject([{ error: 'RefreshFailed' }]);
  });

  it.each([
    ['failed', failed('another')],
    ['was cancelled', cancelled('another')],
    ['succeeded', succeeded('another')],
  ])("takes no notice of somebody else's refresh that %s", async (_what, given) => {
    const { world } = await waiting();
    const before = await findWait(world, arn);
    await settleEvent(world)(given);
    expect(world.executions.completed).toEqual([]);
    expect(await findWait(world, arn)).toEqual(before);
  });

  it('gives the instances the verify timeout once our refresh has succeeded', async () => {
    const { world } = await waiting();
    world.groups.found = [aGroup({ [newImage]: 1 }, { unsettled: 1 })];
    world.clock.advance(60);
    await settleEvent(world)(succeeded());
    expect(await findWait(world, arn)).toMatchObject({
      context: { refreshId: '', deadline: '2026-11-22T13:30:00.000Z' },
    });
    world.clock.advance(29);
    await settleEvent(world)(launched);
    expect(world.executions.completed).toEqual([]);
    world.clock.advance(1);
    await settleEvent(world)(launched);
    expect(world.executions.completed).toEqual([
      {
        taskToken: 'token-1',
        error: 'NotReplaced',
        cause: `after 30 minutes not every instance runs the image; InService: 1 × ${newImage}; 1 not in service`,
      },
    ]);
  });
});

describe('settleGroup', () => {
  const look = async (world: World) => settleGroup(world, (await findWait(world, arn))!, null);

  it('has time while our refresh runs', async () => {
    const { world } = await waiting();
    world.clock.advance(24 * 60);
    expect(await look(world)).toBe(false);
    expect(world.executions.completed).toEqual([]);
  });

  it('fails missing instances after the verify timeout where no refresh runs', async () => {
    const { world } = await waiting(aGroup({ [newImage]: 1 }));
    world.clock.advance(29);
    expect(await look(world)).toBe(false);
    world.clock.advance(1);
    expect(await look(world)).toBe(true);
    expect(world.executions.completed).toMatchObject([{ error: 'NotReplaced' }]);
  });

  it('starts our refresh when the foreign one has ended, and goes by ours from then on', async () => {
    const { world } = await waiting(aGroup({ [foreignImage]: 2 }), true);
    expect(await look(world)).toBe(false);
    expect(await findWait(world, arn)).toMatchObject({ context: { restart: true, refreshId: '' } });
    world.groups.running.clear();
    await settleEvent(world)(succeeded('foreign'));
    expect(await findWait(world, arn)).toMatchObject({ context: { restart: false, refreshId: 'refresh-1' } });
    await settleEvent(world)(failed('foreign'));
    expect(world.executions.completed).toEqual([]);
    await settleEvent(world)(failed('refresh-1'));
    expect(world.executions.completed).toMatchObject([{ error: 'RefreshFailed' }]);
  });

  it('says whether the wait is over', async () => {
    const { world } = await waiting();
    const end = async (refreshId: string, why: string | null) =>
      settleGroup(world, (await findWait(world, arn))!, { refreshId, failed: why });
    expect(await end('another', 'it failed')).toBe(false);
    expect(await end('refresh-1', null)).toBe(false);
    const again = await waiting();
    expect(
      await settleGroup(again.world, (await findWait(again.world, arn))!, { refreshId: 'refresh-1', failed: 'x' }),
    ).toBe(true);
  });

  it('starts no refresh behind the fence', async () => {
    const { world } = await waiting(aGroup({ [foreignImage]: 2 }), true);
    world.groups.running.clear();
    await changeCampaign(world, 'campaign-1', { phase: 'restoring' }, { who: 'test', what: 'x', why: '' });
    expect(await look(world)).toBe(true);
    expect(world.groups.calls.filter((call) => call.startsWith('refresh'))).toEqual([]);
    expect(world.executions.completed).toMatchObject([{ taskToken: 'token-1', error: 'Fenced' }]);
    expect(await findWait(world, arn)).toBeUndefined();
  });

  it('has each start of a refresh in the trail before it', async () => {
    const { world, record } = await waiting(aGroup({ [foreignImage]: 2 }), true);
    world.groups.running.clear();
    world.groups.onRefresh = async () => {
      expect((await trailOf(world, 'campaign-1', record.stackId)).at(-1)).toMatchObject({
        what: 'start instance refresh forward',
        evidence: { group: 'group-1', checkpointPercents: [20] },
      });
    };
    await look(world);
    expect(world.groups.calls).toContain('refresh group-1');
    expect.assertions(2);
  });

  it('has the end of a foreign refresh in the trail, and restores without checkpoints', async () => {
    const { world, record } = await waiting(aGroup({ [newImage]: 2 }), true, 'restore');
    expect(await trailOf(world, 'campaign-1', record.stackId)).toMatchObject([
      { what: 'start instance refresh restore', evidence: { checkpointPercents: [] } },
      { what: 'cancel instance refresh', evidence: { group: 'group-1' } },
    ]);
  });

  it('wants the previous image on the way back', async () => {
    const { world } = await waiting(aGroup({ [newImage]: 2 }), false, 'restore');
    expect(await look(world)).toBe(false);
    all(world, oldImage);
    expect(await look(world)).toBe(true);
    expect(world.executions.completed).toEqual(done);
  });

  it('leaves groups alone that the image does not reach', async () => {
    const world = aWorld();
    const record = await seedStack(world, aClaimedStack({ touched: true, groups: ['Group'] }));
    const other = aGroup({ [foreignImage]: 2 }, { name: 'group-2', logicalId: 'Other' });
    world.groups.found = [aGroup(), other];
    await verify(world)(aTask(record));
    world.groups.found = [aGroup({ [newImage]: 2 }), other];
    expect(await look(world)).toBe(true);
  });

  it('forgets the waits of all groups when the verification is over', async () => {
    const world = aWorld();
    const record = await seedStack(world, aClaimedStack({ touched: true }));
    world.groups.found = [aGroup(), aGroup({ [oldImage]: 2 }, { name: 'group-2' })];
    await verify(world)(aTask(record));
    world.groups.found = [aGroup({ [newImage]: 2 }), aGroup({ [newImage]: 2 }, { name: 'group-2' })];
    expect(await look(world)).toBe(true);
    expect(world.executions.completed).toEqual([{ taskToken: 'token-1', output: { instances: 4 } }]);
    expect(await findWait(world, groupArnOf('group-2'))).toBeUndefined();
  });
});
