import { describe, expect, it } from '@jest/globals';
import type { Campaign } from '../../../domain/records/campaign.ts';
import { afterExecution } from '../../../domain/restore/after-execution.ts';
import { closeRestore } from '../../../domain/restore/close-restore.ts';
import { listTouched } from '../../../domain/restore/list-touched.ts';
import { openRestore } from '../../../domain/restore/open-restore.ts';
import { previewRollback, rollback } from '../../../domain/restore/rollback.ts';
import { report } from '../../../domain/campaign/report.ts';
import { findCampaign, unfinishedCampaigns } from '../../../domain/store/campaigns.ts';
import { outcomes } from '../../../domain/words.ts';
import { newImage } from '../fakes/names.ts';
import { readAgain, recordsIn, seedCampaign, seedStacks, trailOf } from '../fakes/seed.ts';
import { aStackRecord } from '../fakes/stack-record.ts';
import { aWorld, type World } from '../fakes/world.ts';

const worldWith = async (over: Partial<Campaign> = {}) => {
  const world = aWorld();
  await seedCampaign(world, { phase: 'closed', outcome: 'PROMOTED', conclusion: 'PROMOTED', told: true, ...over });
  return world;
};
const by = { person: 'ada', identity: 'arn:aws:iam::111122223333:user/ada', reason: 'it leaks' };
const run = (world: World, campaignId = 'campaign-1') => rollback(world)({ ...by, selection: { campaignId } });

describe('rollback', () => {
  it('reopens a promoted campaign with a raised fence, says who and why, and starts its restore', async () => {
    const world = await worldWith();
    const { accepted, campaigns } = await run(world);
    expect({ accepted, cases: campaigns.map((one) => one.case) }).toEqual({ accepted: true, cases: ['running'] });
    expect(await findCampaign(world, 'campaign-1')).toMatchObject({
      phase: 'restoring',
      outcome: null,
      conclusion: null,
      told: false,
      fence: 2,
      reason: 'rolled back by ada: it leaks',
      restore: { attempt: 1, first: 1, reason: 'it leaks' },
      rollback: { by: 'ada', from: 'PROMOTED' },
    });
    expect(world.executions.started).toMatchObject([
      { name: 'campaign-1-r1', input: { campaignId: 'campaign-1', reason: 'it leaks' } },
    ]);
    expect((await trailOf(world)).at(-1)).toMatchObject({
      who: 'ada',
      what: 'rollback of a PROMOTED campaign',
      why: 'it leaks',
      evidence: { identity: by.identity, from: 'PROMOTED' },
    });
    expect((await Array.fromAsync(unfinishedCampaigns(world))).map(({ campaignId }) => campaignId)).toEqual([
      'campaign-1',
    ]);
  });

  it('does it once, however often it is asked', async () => {
    const world = await worldWith();
    await run(world);
    await run(world);
    expect(world.executions.started).toHaveLength(1);
    expect((await findCampaign(world, 'campaign-1'))?.fence).toBe(2);
  });

  it('starts the recorded restore where whoever has recorded it died before the start', async () => {
    const world = await worldWith();
    const { start } = world.executions;
    world.executions.start = () => Promise.reject(new Error('died'));
    await expect(run(world)).rejects.toThrow('died');
    world.executions.start = start;
    await run(world);
    expect(world.executions.started).toMatchObject([{ name: 'campaign-1-r1', input: { reason: 'it leaks' } }]);
  });

  it('counts its attempts anew after earlier restores, and goes on to count their names', async () => {
    const world = await worldWith({
      outcome: 'RESTORE_INCOMPLETE',
      restore: { executionArn: 'arn:r5', attempt: 5, first: 1, reason: 'x' },
    });
    await run(world);
    expect(world.executions.started).toMatchObject([{ name: 'campaign-1-r6' }]);
    const arn = (await findCampaign(world, 'campaign-1'))?.restore?.executionArn ?? '';
    world.executions.statuses.set(arn, 'FAILED');
    const { restoreMachineArn } = world.surroundings();
    await afterExecution(world)({
      executionArn: arn,
      name: 'campaign-1-r6',
      stateMachineArn: restoreMachineArn,
      status: 'FAILED',
    });
    expect(world.executions.started).toMatchObject([{ name: 'campaign-1-r6' }, { name: 'campaign-1-r7' }]);
  });

  it('stops a campaign that is moving stacks, and starts its restore', async () => {
    const world = await worldWith({ phase: 'running', outcome: null, conclusion: null });
    const { executionArn } = (await findCampaign(world, 'campaign-1'))!;
    world.executions.statuses.set(executionArn, 'RUNNING');
    expect(await run(world)).toMatchObject({ accepted: true, message: 'campaign-1 is stopped and being restored' });
    expect(world.executions.started).toMatchObject([{ name: 'campaign-1-r1' }]);
    expect(world.executions.stopped).toEqual([{ executionArn, cause: 'rolled back by ada: it leaks' }]);
  });

  it('asks to come back for a campaign whose last step is under way', async () => {
    const world = await worldWith({ phase: 'promoted', outcome: null });
    expect(await run(world)).toMatchObject({ accepted: false, message: expect.stringContaining('in a minute') });
    expect(world.executions.started).toEqual([]);
  });

  it.each(outcomes.filter((outcome) => outcome !== 'PROMOTED' && outcome !== 'RESTORE_INCOMPLETE'))(
    'has nothing to do about a campaign that ended %s',
    async (outcome) => {
      const world = await worldWith({ outcome });
      const before = await findCampaign(world, 'campaign-1');
      expect(await run(world)).toMatchObject({ accepted: true, campaigns: [{ case: 'nothing' }] });
      expect(await findCampaign(world, 'campaign-1')).toEqual(before);
    },
  );

  it('finds every campaign that has brought an image, by its id in any region', async () => {
    const world = await worldWith();
    await seedCampaign(world, {
      campaignId: 'other',
      imageSet: { 'us-east-1': 'ami-0ffffffffffffffff' },
      image: { id: 'ami-0ffffffffffffffff', region: 'us-east-1' },
      phase: 'closed',
      outcome: 'PROMOTED',
    });
    await seedCampaign(world, {
      campaignId: 'campaign-2',
      startedAt: '2026-11-22T11:00:00.000Z',
      phase: 'closed',
      outcome: 'PROMOTED',
    });
    await rollback(world)({ ...by, selection: { imageId: newImage } });
    expect(world.executions.started.map(({ name }) => name)).toEqual(['campaign-2-r1', 'campaign-1-r1']);
  });

  it('refuses what there is not, and a rollback without a reason', async () => {
    const world = await worldWith();
    expect(await run(world, 'campaign-9')).toMatchObject({
      accepted: false,
      message: 'there is no campaign campaign-9',
    });
    expect(await rollback(world)({ ...by, reason: ' ', selection: { campaignId: 'campaign-1' } })).toMatchObject({
      accepted: false,
      message: expect.stringContaining('reason'),
    });
    expect(world.executions.started).toEqual([]);
  });

  it('changes nothing when it is only looked at', async () => {
    const world = await worldWith();
    await seedStacks(world, aStackRecord({ status: 'done', touched: true }));
    const before = await findCampaign(world, 'campaign-1');
    expect(await previewRollback(world)({ campaignId: 'campaign-1' })).toMatchObject({
      accepted: true,
      campaigns: [{ case: 'reopen', touched: 1, left: [{ status: 'done' }] }],
    });
    expect(await findCampaign(world, 'campaign-1')).toEqual(before);
  });
});

describe('a restore after the end', () => {
  it('tries again what an earlier one has given up, with another operation, and leaves what is back', async () => {
    const world = await worldWith({ outcome: 'RESTORE_INCOMPLETE' });
    const operation = {
      requestToken: 't',
      direction: 'restore',
      attempt: 2,
      startedAt: '2026-11-22T11:00:00.000Z',
    } as const;
    const endedAt = '2026-11-22T11:30:00.000Z';
    const left = aStackRecord({
      stackName: 'left',
      status: 'quarantined',
      reason: 'why',
      touched: true,
      operation,
      endedAt,
    });
    const back = aStackRecord({ stackName: 'back', status: 'restored', touched: true, operation, endedAt });
    await seedStacks(world, left, back);
    await run(world);
    expect(await openRestore(world)({ campaignId: 'campaign-1', reason: 'it leaks', executionArn: 'arn' })).toEqual({
      decision: 'restore',
      settleSeconds: 60,
    });
    expect(await listTouched(world)({ campaignId: 'campaign-1' })).toMatchObject({ stacks: 1 });
    expect(await readAgain(world, left)).toMatchObject({
      status: 'failed',
      reason: 'why',
      operation: { ...operation, over: true },
    });
    expect(await readAgain(world, back)).toMatchObject({ status: 'restored' });
    // The next state may be entered twice.
    expect(await listTouched(world)({ campaignId: 'campaign-1' })).toMatchObject({ stacks: 1 });
  });

  it('does not ask what has become since of a stack that an earlier restore has put back', async () => {
    const world = await worldWith({ outcome: 'RESTORE_INCOMPLETE' });
    await seedStacks(world, aStackRecord({ status: 'restored', touched: true, endedAt: '2026-11-22T11:30:00.000Z' }));
    await run(world);
    expect(await closeRestore(world)({ campaignId: 'campaign-1' })).toEqual({
      outcome: 'RESTORED',
      restored: 1,
      quarantined: 0,
    });
    expect((await recordsIn(world)).map(({ status }) => status)).toEqual(['restored']);
  });

  it('is not ended by a late repeat of the report on how the campaign had ended', async () => {
    const world = await worldWith();
    await run(world);
    expect(await report(world)({ campaignId: 'campaign-1', failure: null })).toMatchObject({ outcome: 'PROMOTED' });
    expect(await findCampaign(world, 'campaign-1')).toMatchObject({ phase: 'restoring', outcome: null });
  });
});
