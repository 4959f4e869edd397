import { describe, expect, it } from '@jest/globals';
import type { Campaign } from '../../../domain/records/campaign.ts';
import type { StackRecord } from '../../../domain/records/stack-record.ts';
import { claim } from '../../../domain/stack/claim.ts';
import { keys } from '../../../domain/store/keys.ts';
import { takeLease } from '../../../domain/store/leases.ts';
import { foreignImage, here, newImage, oldImage } from '../fakes/names.ts';
import { aHalt } from '../fakes/halt.ts';
import { readAgain, seedStack } from '../fakes/seed.ts';
import { aClaimedStack, aPrevious, aStackRecord, aTask } from '../fakes/stack-record.ts';
import { aStack, parameters, ssmParameters } from '../fakes/stacks.ts';
import { aWorld, type World } from '../fakes/world.ts';

const touched = (over: Partial<StackRecord> = {}) => aClaimedStack({ status: 'done', touched: true, ...over });
const restoring = (world: World, record = touched(), over: Partial<Campaign> = {}) =>
  seedStack(world, record, { phase: 'restoring', ...over });
const run = async (world: World, record: StackRecord) => {
  await claim(world)(aTask(record, 'restore'));
  return readAgain(world, record);
};

describe('claim restore', () => {
  it.each([
    ['the campaign has given it', newImage],
    ['it had before', oldImage],
  ])('goes where the stack has the image that %s', async (_what, image) => {
    const world = aWorld();
    const record = await restoring(world);
    world.stacks.put(aStack({ parameters: parameters(image) }));
    expect(await run(world, record)).toMatchObject({ status: 'restoring', previous: aPrevious() });
    expect(world.executions.completed).toMatchObject([{ output: { decision: 'go', reason: 'claimed' } }]);
  });

  it.each([
    ['the stack is watched', 30, null, 30],
    ['it was watched before its triggers were set aside', 0, { triggers: [], monitoringMinutes: 60 }, 60],
  ])('gives the way back the time for which %s', async (_what, monitoringMinutes, setAside, more) => {
    const world = aWorld();
    const record = await restoring(world, touched({ setAside }));
    world.stacks.put(aStack({ parameters: parameters(newImage), rollback: { triggers: [], monitoringMinutes } }));
    expect(await run(world, record)).toMatchObject({ monitoringMinutes: more });
    expect(world.executions.completed).toMatchObject([{ output: { updateTimeoutSeconds: (120 + more) * 60 } }]);
  });

  it.each([
    [
      'has an image of somebody else',
      aStack({ parameters: parameters(foreignImage) }),
      `not put back: somebody else has moved the stack to ${foreignImage} since`,
    ],
    [
      'has lost its parameter',
      aStack({ parameters: [] }),
      'not put back: somebody else has moved the stack to another template since',
    ],
    ['was deleted', null, 'not put back: the stack was deleted'],
    [
      'cannot be updated',
      aStack({ status: 'ROLLBACK_COMPLETE' }),
      'not put back: the stack was never created (ROLLBACK_COMPLETE): delete it and create it again',
    ],
  ])('quarantines a stack that %s, and keeps the reason it had', async (_what, stack, reason) => {
    const world = aWorld();
    const record = await restoring(world, touched({ status: 'failed', reason: 'UpdateFailed: no capacity' }));
    if (stack) world.stacks.put(stack);
    expect(await run(world, record)).toMatchObject({
      status: 'quarantined',
      reason: `UpdateFailed: no capacity; ${reason}`,
    });
    expect(world.executions.completed).toMatchObject([{ output: { decision: 'skip' } }]);
    expect(world.stacks.updates).toEqual([]);
  });

  it('judges a stack that reads an SSM parameter by what it resolved to', async () => {
    const world = aWorld();
    const record = await restoring(world, touched({ mode: 'ssm', ssmParameter: '/golden/image' }));
    world.stacks.put(aStack({ parameters: ssmParameters(foreignImage) }));
    expect(await run(world, record)).toMatchObject({ status: 'quarantined' });
  });

  it.each([
    ['UPDATE_ROLLBACK_FAILED', 'continuing it'],
    ['UPDATE_FAILED', 'rolling it back'],
  ])('goes for a stack that is %s: %s is the way back', async (status) => {
    const world = aWorld();
    const record = await restoring(world, touched({ status: 'failed' }));
    world.stacks.put(aStack({ status, parameters: parameters(newImage) }));
    expect(await run(world, record)).toMatchObject({ status: 'restoring' });
  });

  it('goes for a stack that cannot be updated where launches read the SSM parameter: no update is needed', async () => {
    const world = aWorld();
    const record = await restoring(
      world,
      touched({ mode: 'ssm', ssmParameter: '/golden/image', parameter: 'ImageName', readBy: 'launch' }),
    );
    world.stacks.put(
      aStack({
        status: 'DELETE_FAILED',
        parameters: [{ name: 'ImageName', value: '/golden/image', resolved: null }],
      }),
    );
    world.parameters.set('/golden/image', newImage);
    expect(await run(world, record)).toMatchObject({ status: 'restoring' });
  });

  it("waits for the target's turn before it asks CloudFormation", async () => {
    const world = aWorld();
    const record = await restoring(world);
    world.stacks.put(aStack({ parameters: parameters(newImage) }));
    await world.table.put(keys.pace(here, 'claim'), { nextAt: world.clock.now().getTime() + 700 });
    await run(world, record);
    expect(world.clock.slept).toEqual([700]);
  });

  it.each([
    ['claimed', aStackRecord({ status: 'pending' })],
    ['touched', aClaimedStack()],
  ])('leaves a stack alone that was never %s', async (_what, untouched) => {
    const world = aWorld();
    const record = await restoring(world, untouched);
    expect(await run(world, record)).toEqual(record);
    expect(world.executions.completed).toMatchObject([{ output: { decision: 'skip', reason: 'never touched' } }]);
    expect(world.stacks.calls).toEqual([]);
  });

  it.each(['promoted', 'closed'] as const)('restores nothing for a campaign that is %s', async (phase) => {
    const world = aWorld();
    const record = await restoring(world, touched(), { phase });
    expect(await run(world, record)).toEqual(record);
    expect(world.executions.completed).toMatchObject([
      { output: { decision: 'skip', reason: `the campaign is ${phase}, nothing is restored` } },
    ]);
  });

  it.each([
    ['failed', 'restoring'],
    ['done', 'done'],
  ] as const)('takes a stack that is %s to %s while the campaign goes on', async (before, after) => {
    const world = aWorld();
    const record = await restoring(world, touched({ status: before }), { phase: 'running' });
    world.stacks.put(aStack({ parameters: parameters(newImage) }));
    expect(await run(world, record)).toMatchObject({ status: after });
  });

  it.each(['restored', 'quarantined'] as const)('skips a stack that is %s already', async (status) => {
    const world = aWorld();
    const record = await restoring(world, touched({ status, reason: 'told before' }));
    expect(await run(world, record)).toEqual(record);
    expect(world.executions.completed).toMatchObject([{ output: { decision: 'skip', reason: 'told before' } }]);
  });

  it('quarantines a stack whose parameter had the image before: there is nothing to put back', async () => {
    const world = aWorld();
    const record = await restoring(world, touched({ previous: aPrevious({ image: newImage }) }));
    world.stacks.put(aStack({ parameters: parameters(newImage) }));
    expect(await run(world, record)).toMatchObject({
      status: 'quarantined',
      reason: `not put back: its parameter had the image before the campaign, and the instances that ran 2 × ${oldImage} were replaced`,
    });
  });

  it('takes no notice of a halt: what was touched goes back', async () => {
    const world = aWorld();
    const record = await restoring(world);
    await world.table.put(keys.halt('*'), aHalt());
    world.stacks.put(aStack({ parameters: parameters(newImage) }));
    expect(await run(world, record)).toMatchObject({ status: 'restoring' });
  });

  it('waits for an operation in flight without forgetting why the stack failed', async () => {
    const world = aWorld();
    const record = await restoring(world, touched({ status: 'failed', reason: 'UpdateFailed: no capacity' }));
    world.stacks.put(aStack({ status: 'UPDATE_ROLLBACK_IN_PROGRESS' }));
    expect(await run(world, record)).toMatchObject({
      status: 'failed',
      reason: 'UpdateFailed: no capacity',
      busySince: '2026-11-22T12:00:00.000Z',
    });
    expect(world.executions.completed).toEqual([]);
    world.stacks.put(aStack({ parameters: parameters(newImage) }));
    expect(await run(world, record)).toMatchObject({ status: 'restoring', busySince: null });
  });

  it.each<[string, (world: World) => unknown, string]>([
    [
      'busy',
      ({ stacks }) => stacks.put(aStack({ status: 'UPDATE_IN_PROGRESS' })),
      'not put back: the stack is in UPDATE_IN_PROGRESS for more than 120 minutes',
    ],
    [
      'leased by another campaign',
      (world) => takeLease(world, 'campaign-2', aStack().stackId),
      'not put back: another campaign works on the stack for more than 120 minutes',
    ],
  ])('quarantines a stack that stays %s for longer than an update may take', async (_what, change, reason) => {
    const world = aWorld();
    const record = await restoring(world);
    await change(world);
    await run(world, record);
    world.clock.advance(119);
    expect(await run(world, record)).toMatchObject({ status: 'done' });
    world.clock.advance(1);
    expect(await run(world, record)).toMatchObject({ status: 'quarantined', reason });
  });

  it.each([
    ['all its tries', {}, 3 * 120],
    ['the one that is left', { restoreTries: 2 }, 120],
    ['a day at most', { monitoringMinutes: 600 }, 24 * 60],
  ])('waits for our own update, which was not over in time, as long as %s', async (_what, over, minutes) => {
    const world = aWorld();
    const operation = {
      requestToken: 'token',
      direction: 'forward',
      attempt: 1,
      startedAt: '2026-11-22T10:00:00.000Z',
    } as const;
    const record = await restoring(world, touched({ status: 'failed', reason: 'too slow', operation, ...over }));
    world.stacks.put(aStack({ status: 'UPDATE_IN_PROGRESS' }));
    await run(world, record);
    world.clock.advance(minutes - 1);
    expect(await run(world, record)).toMatchObject({ status: 'failed' });
    world.clock.advance(1);
    expect(await run(world, record)).toMatchObject({
      status: 'quarantined',
      reason: `too slow; not put back: the stack is in UPDATE_IN_PROGRESS for more than ${minutes} minutes`,
    });
  });

  it("keeps to the target's cap", async () => {
    const world = aWorld();
    const record = await restoring(world);
    await world.table.put(keys.slots('campaign-1', here, 'restore'), {
      holders: new Set(Array.from({ length: 10 }, (_, index) => `stack-${index}`)),
    });
    await run(world, record);
    expect(world.executions.completed).toEqual([]);
    expect(world.stacks.calls).toEqual([]);
  });
});
