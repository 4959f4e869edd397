import { describe, expect, it } from '@jest/globals';
import type { Campaign } from '../../../domain/records/campaign.ts';
import { afterExecution } from '../../../domain/restore/after-execution.ts';
import { recordUnopened } from '../../../domain/campaign/unopened.ts';
import { changeCampaign, findCampaign, unfinishedCampaigns } from '../../../domain/store/campaigns.ts';
import { outcomes } from '../../../domain/words.ts';
import { seedCampaign, trailOf } from '../fakes/seed.ts';
import { aWorld, type World } from '../fakes/world.ts';

const restoreArn = (attempt: number) =>
  `arn:aws:states:eu-west-1:111122223333:execution:restore:campaign-1-r${attempt}`;
const worldWith = async (over: Partial<Campaign> = {}) => {
  const world = aWorld();
  await seedCampaign(world, over);
  return world;
};
const run = (
  world: World,
  name = 'campaign-1',
  machine: 'campaignMachineArn' | 'restoreMachineArn' = 'campaignMachineArn',
) =>
  afterExecution(world)({
    executionArn: `arn:${name}`,
    name,
    stateMachineArn: world.surroundings()[machine],
    status: 'ABORTED',
  });

describe('afterExecution', () => {
  it('starts the restore of a campaign that ended without an outcome', async () => {
    const world = await worldWith();
    await run(world);
    expect(world.executions.started).toEqual([
      {
        machine: world.surroundings().restoreMachineArn,
        name: 'campaign-1-r1',
        input: { campaignId: 'campaign-1', reason: 'the execution ended ABORTED' },
      },
    ]);
    expect(await findCampaign(world, 'campaign-1')).toMatchObject({
      restore: { executionArn: restoreArn(1), attempt: 1 },
      outcome: null,
    });
  });

  it.each(outcomes)('does nothing about a campaign that has ended %s', async (outcome) => {
    const world = await worldWith({ outcome });
    const before = await findCampaign(world, 'campaign-1');
    await run(world);
    expect(world.executions.started).toEqual([]);
    expect(await findCampaign(world, 'campaign-1')).toEqual(before);
  });

  it('starts one restore, however often it is told', async () => {
    const world = await worldWith();
    await run(world);
    await run(world);
    expect(world.executions.started).toHaveLength(1);
  });

  it("finds the campaign by its restore's name, and starts the next one", async () => {
    const world = await worldWith({ restore: { executionArn: restoreArn(1), attempt: 1, first: 1, reason: 'x' } });
    world.executions.statuses.set(restoreArn(1), 'FAILED');
    await run(world, 'campaign-1-r1', 'restoreMachineArn');
    expect(world.executions.started).toMatchObject([{ name: 'campaign-1-r2' }]);
  });

  it("takes a campaign's own name as it is, whatever it looks like", async () => {
    const world = aWorld();
    await seedCampaign(world, { campaignId: 'fix-r2' });
    await run(world, 'fix-r2');
    expect(world.executions.started).toMatchObject([{ name: 'fix-r2-r1' }]);
  });

  it('gives up after five restores, says so and closes the campaign', async () => {
    const world = await worldWith({ restore: { executionArn: restoreArn(5), attempt: 5, first: 1, reason: 'x' } });
    world.executions.statuses.set(restoreArn(5), 'FAILED');
    await run(world, 'campaign-1-r5', 'restoreMachineArn');
    expect(world.executions.started).toEqual([]);
    expect(await findCampaign(world, 'campaign-1')).toMatchObject({
      outcome: 'RESTORE_INCOMPLETE',
      conclusion: 'RESTORE_INCOMPLETE',
      phase: 'closed',
      endedAt: '2026-11-22T12:00:00.000Z',
      reason: expect.stringContaining('5 restores have failed, the last one ABORTED'),
    });
    expect(world.notifications.published).toMatchObject([
      {
        fact: 'finished',
        campaignId: 'campaign-1',
        outcome: 'RESTORE_INCOMPLETE',
        subject: 'RESTORE_INCOMPLETE: al2023-base ami-00000000000000002',
        text: expect.stringContaining('5 restores have failed'),
      },
    ]);
    expect(world.planStore.documents.get('campaigns/campaign-1/report.html')).toContain('5 restores have failed');
    expect(await Array.fromAsync(unfinishedCampaigns(world))).toEqual([]);
    await run(world, 'campaign-1-r5', 'restoreMachineArn');
    expect(world.notifications.published).toHaveLength(1);
  });

  it('tries a fifth time after four', async () => {
    const world = await worldWith({ restore: { executionArn: restoreArn(4), attempt: 4, first: 1, reason: 'x' } });
    world.executions.statuses.set(restoreArn(4), 'FAILED');
    await run(world, 'campaign-1-r4', 'restoreMachineArn');
    expect(world.executions.started).toMatchObject([{ name: 'campaign-1-r5' }]);
  });

  it('takes no notice of a restore that somebody has started under another name', async () => {
    const world = aWorld();
    await run(world, 'my-restore', 'restoreMachineArn');
    expect(await findCampaign(world, 'my-restore')).toBeUndefined();
  });

  it('records an outcome for a campaign that was never opened', async () => {
    const world = aWorld();
    await run(world, 'campaign-9');
    expect(await findCampaign(world, 'campaign-9')).toMatchObject({
      outcome: 'REJECTED',
      executionArn: 'arn:campaign-9',
      reason: 'the execution ended ABORTED before the campaign was opened',
    });
    expect(world.executions.started).toEqual([]);
    expect(world.notifications.published).toMatchObject([{ outcome: 'REJECTED', campaignId: 'campaign-9' }]);
    expect(world.planStore.documents.has('campaigns/campaign-9/report.html')).toBe(true);
    await run(world, 'campaign-9');
    expect(world.notifications.published).toHaveLength(1);
  });

  it('tells in the trail that it has given up', async () => {
    const world = await worldWith({ restore: { executionArn: restoreArn(5), attempt: 5, first: 1, reason: 'x' } });
    world.executions.statuses.set(restoreArn(5), 'FAILED');
    await run(world, 'campaign-1-r5', 'restoreMachineArn');
    expect(await trailOf(world)).toContainEqual(
      expect.objectContaining({
        who: 'After Execution',
        what: 'RESTORE_INCOMPLETE',
        why: expect.stringContaining('5 restores have failed'),
      }),
    );
  });

  it('does not give up while the fifth restore runs: the event is about an earlier one, and late', async () => {
    const world = await worldWith({ restore: { executionArn: restoreArn(5), attempt: 5, first: 1, reason: 'x' } });
    world.executions.statuses.set(restoreArn(5), 'RUNNING');
    await run(world, 'campaign-1-r4', 'restoreMachineArn');
    expect(await findCampaign(world, 'campaign-1')).toMatchObject({ outcome: null, conclusion: null });
  });

  it('does not take an outcome back that somebody has written in the very moment of giving up', async () => {
    const world = await worldWith({ restore: { executionArn: restoreArn(5), attempt: 5, first: 1, reason: 'x' } });
    const { status } = world.executions;
    world.executions.status = async (arn) => {
      await changeCampaign(world, 'campaign-1', { outcome: 'RESTORED' }, { who: 'test', what: 'restored', why: '' });
      return status(arn);
    };
    world.executions.statuses.set(restoreArn(5), 'FAILED');
    await expect(run(world, 'campaign-1-r5', 'restoreMachineArn')).rejects.toThrow();
    expect(await findCampaign(world, 'campaign-1')).toMatchObject({ outcome: 'RESTORED', conclusion: null });
  });

  it.each([
    ['campaign-1-r12', 'campaign-1', 12],
    ['fix-r2-r1', 'fix-r2', 1],
  ])('takes restore %s for one of campaign %s', async (name, campaignId, attempt) => {
    const world = aWorld();
    const executionArn = `arn:aws:states:eu-west-1:111122223333:execution:restore:${name}`;
    await seedCampaign(world, { campaignId, restore: { executionArn, attempt, first: attempt, reason: 'x' } });
    world.executions.statuses.set(executionArn, 'FAILED');
    await run(world, name, 'restoreMachineArn');
    expect(world.executions.started).toMatchObject([{ name: `${campaignId}-r${attempt + 1}` }]);
  });

  it('reports on a campaign that was never opened where the first try has died before that', async () => {
    const world = aWorld();
    const reason = 'the execution ended ABORTED before the campaign was opened';
    await recordUnopened(world, { campaignId: 'campaign-9', executionArn: 'arn:campaign-9', reason });
    await run(world, 'campaign-9');
    expect(world.notifications.published).toMatchObject([
      { outcome: 'REJECTED', campaignId: 'campaign-9', reason: expect.stringContaining(reason) },
    ]);
  });
});
