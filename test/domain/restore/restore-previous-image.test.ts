import { describe, expect, it } from '@jest/globals';
import type { Campaign } from '../../../domain/records/campaign.ts';
import { restoreWaitKey } from '../../../domain/restore/finish-wait.ts';
import { restorePreviousImage } from '../../../domain/restore/restore-previous-image.ts';
import { startRestore } from '../../../domain/restore/start-restore.ts';
import { getCampaign } from '../../../domain/store/campaigns.ts';
import { findWait } from '../../../domain/store/waits.ts';
import { seedCampaign, trailOf } from '../fakes/seed.ts';
import { aWorld, type World } from '../fakes/world.ts';

const worldWith = async (over: Partial<Campaign> = {}) => {
  const world = aWorld();
  await seedCampaign(world, over);
  return world;
};
const run = (world: World, taskToken = 'token-1') =>
  restorePreviousImage(world)({
    campaignId: 'campaign-1',
    failure: { Error: 'RingFailed', Cause: 'ring canary failed' },
    taskToken,
  });

describe('restorePreviousImage', () => {
  it('binds its token and starts the restore', async () => {
    const world = await worldWith();
    let bound: unknown;
    const start = world.executions.start.bind(world.executions);
    world.executions.start = async (...given) => {
      bound = await findWait(world, restoreWaitKey('campaign-1'));
      return start(...given);
    };
    await run(world);
    expect(bound).toMatchObject({
      kind: 'restore',
      campaignId: 'campaign-1',
      taskToken: 'token-1',
      account: '',
      region: '',
      stackId: null,
      direction: null,
      context: {},
      createdAt: '2026-11-22T12:00:00.000Z',
      overdueAt: '2026-11-22T12:45:00.000Z',
    });
    expect(world.executions.started).toMatchObject([
      { name: 'campaign-1-r1', input: { campaignId: 'campaign-1', reason: 'RingFailed: ring canary failed' } },
    ]);
    expect(world.executions.completed).toEqual([]);
  });

  it('starts no second one when it is called again', async () => {
    const world = await worldWith();
    await run(world);
    await run(world, 'token-2');
    expect(world.executions.started).toHaveLength(1);
    expect(await findWait(world, restoreWaitKey('campaign-1'))).toMatchObject({ taskToken: 'token-2' });
  });

  it.each(['RESTORED', 'RESTORE_INCOMPLETE'] as const)(
    'completes at once where the campaign is %s by then',
    async (outcome) => {
      const world = await worldWith({ outcome });
      await run(world);
      expect(world.executions.completed).toEqual([{ taskToken: 'token-1', output: { outcome } }]);
      expect(world.executions.started).toEqual([]);
      expect(await findWait(world, restoreWaitKey('campaign-1'))).toBeUndefined();
    },
  );
});

describe('startRestore', () => {
  it('starts the attempt that a crash has left recorded and not started, under its name and for its reason', async () => {
    const world = await worldWith();
    const executions = { ...world.executions, start: () => Promise.reject(new Error('the invocation died')) };
    const start = async (ports: World, reason: string) =>
      startRestore(ports, await getCampaign(ports, 'campaign-1'), reason);
    await expect(start({ ...world, executions }, 'first cause')).rejects.toThrow('died');
    await start(world, 'another cause');
    expect(world.executions.started).toEqual([
      {
        machine: world.surroundings().restoreMachineArn,
        name: 'campaign-1-r1',
        input: { campaignId: 'campaign-1', reason: 'first cause' },
      },
    ]);
    expect(await getCampaign(world, 'campaign-1')).toMatchObject({ restore: { attempt: 1 } });
  });

  it.each([
    ['RUNNING', 1],
    ['SUCCEEDED', 2],
    ['FAILED', 2],
    ['TIMED_OUT', 2],
    ['ABORTED', 2],
  ] as const)('beside an attempt that is %s goes on with attempt %d', async (status, attempt) => {
    const world = await worldWith();
    const arn = await startRestore(world, await getCampaign(world, 'campaign-1'), 'x');
    world.executions.statuses.set(arn, status);
    await startRestore(world, await getCampaign(world, 'campaign-1'), 'x');
    expect((await getCampaign(world, 'campaign-1')).restore?.attempt).toBe(attempt);
    expect(world.executions.started).toHaveLength(attempt);
  });

  it('says in the trail why', async () => {
    const world = await worldWith();
    await startRestore(world, await getCampaign(world, 'campaign-1'), 'ring canary failed');
    expect((await trailOf(world)).at(-1)).toMatchObject({
      who: 'Restore Previous Image',
      what: 'restore 1 begun',
      why: 'ring canary failed',
      evidence: { executionArn: (await getCampaign(world, 'campaign-1')).restore?.executionArn },
    });
  });

  it('goes on to count the attempts of one cause, and keeps its first reason', async () => {
    const world = await worldWith();
    for (const reason of ['first', 'second', 'third']) {
      const arn = await startRestore(world, await getCampaign(world, 'campaign-1'), reason);
      world.executions.statuses.set(arn, 'FAILED');
    }
    expect((await getCampaign(world, 'campaign-1')).restore).toMatchObject({ attempt: 3, first: 1, reason: 'first' });
  });

  it('waits for each campaign under a key of its own', () => {
    expect(restoreWaitKey('one')).not.toBe(restoreWaitKey('two'));
  });
});
