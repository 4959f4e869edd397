import { describe, expect, it } from '@jest/globals';
import type { Campaign } from '../../../domain/records.ts';
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
    expect(bound).toMatchObject({ kind: 'restore', taskToken: 'token-1' });
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
  it('starts the same one again after a crash between start and record', async () => {
    const world = await worldWith();
    const transact = () => Promise.reject(new Error('the invocation died'));
    const campaign = await getCampaign(world, 'campaign-1');
    await expect(startRestore({ ...world, table: { ...world.table, transact } }, campaign, 'x')).rejects.toThrow('died');
    await startRestore(world, campaign, 'x');
    expect(world.executions.started).toHaveLength(1);
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
    expect((await trailOf(world)).at(-1)).toMatchObject({ what: 'restore 1 started', why: 'ring canary failed' });
  });
});
