import { describe, expect, it } from '@jest/globals';
import type { Campaign } from '../../../domain/records/campaign.ts';
import { afterExecution } from '../../../domain/restore/after-execution.ts';
import { closeRestore } from '../../../domain/restore/close-restore.ts';
import { listTouched } from '../../../domain/restore/list-touched.ts';
import { openRestore } from '../../../domain/restore/open-restore.ts';
import { previewRollback, rollback } from '../../../domain/restore/rollback.ts';
import { report } from '../../../domain/campaign/report.ts';
import { revokeImage } from '../../../domain/gating/image-tags/revoke-image.ts';
import { reopen } from '../../../domain/restore/reopen.ts';
import { claimFamily } from '../../../domain/store/deduplication.ts';
import { findImageRecord } from '../../../domain/store/image-records.ts';
import { changeCampaign, findCampaign, unfinishedCampaigns } from '../../../domain/store/campaigns.ts';
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

describe('rollback, in detail', () => {
  const ended = { phase: 'closed', outcome: 'PROMOTED', conclusion: 'PROMOTED', told: true } as const;
  const image = (world: World, imageId = newImage) => rollback(world)({ ...by, selection: { imageId } });

  it.each([
    ['a dry run', { dryRun: true }],
    ['one that was refused', { conclusion: 'REJECTED' }],
  ] as const)('has nothing to do about %s that is still under way', async (_what, over) => {
    const world = await worldWith({ phase: 'running', outcome: null, conclusion: null, ...over });
    expect(await run(world)).toMatchObject({
      accepted: true,
      message: 'campaign-1 is nothing to restore',
      campaigns: [{ case: 'nothing' }],
    });
    expect(world.executions.stopped).toEqual([]);
  });

  it.each(['promoted', 'closed'] as const)('calls a campaign without an outcome that is %s ending', async (phase) => {
    const world = await worldWith({ phase, outcome: null });
    expect(await previewRollback(world)({ campaignId: 'campaign-1' })).toMatchObject({
      campaigns: [{ case: 'ending' }],
    });
  });

  it('says in the trail who has stopped a running campaign, and by which identity', async () => {
    const world = await worldWith({ phase: 'running', outcome: null, conclusion: null });
    const { executionArn } = (await findCampaign(world, 'campaign-1'))!;
    await run(world);
    expect(await trailOf(world)).toContainEqual(
      expect.objectContaining({
        who: 'ada',
        what: 'rollback of a running campaign',
        evidence: { identity: by.identity, executionArn },
      }),
    );
  });

  it('starts the restore of a campaign that is being restored by nobody, with the reason', async () => {
    const world = await worldWith({ phase: 'restoring', outcome: null, conclusion: null });
    expect(await run(world)).toMatchObject({ accepted: true, message: 'campaign-1 is being restored already' });
    expect(world.executions.started).toMatchObject([{ input: { reason: 'rolled back by ada: it leaks' } }]);
  });

  it('leaves it to whoever has reopened the campaign at the same moment', async () => {
    const world = await worldWith();
    let first = true;
    const table: World['table'] = {
      ...world.table,
      transact: async (writes) => {
        if (first && writes.some(({ kind, key }) => kind === 'update' && key.sk === 'CAMPAIGN')) {
          first = false;
          await changeCampaign(
            world,
            'campaign-1',
            { phase: 'closed', outcome: 'RESTORED', fence: 7, restore: null },
            { who: 'test', what: 'somebody else', why: '' },
          );
        }
        return world.table.transact(writes);
      },
    };
    // Its image has been revoked before: that write is not the one that is raced.
    await revokeImage(world, (await findCampaign(world, 'campaign-1'))!, by);
    await rollback({ ...world, table })({ ...by, selection: { campaignId: 'campaign-1' } });
    expect(await findCampaign(world, 'campaign-1')).toMatchObject({ outcome: 'RESTORED', fence: 7, rollback: null });
    expect(world.executions.started).toEqual([]);
  });

  it('passes on any other trouble of the table', async () => {
    const world = await worldWith();
    await revokeImage(world, (await findCampaign(world, 'campaign-1'))!, by);
    const table = { ...world.table, transact: () => Promise.reject(new Error('no network')) };
    await expect(rollback({ ...world, table })({ ...by, selection: { campaignId: 'campaign-1' } })).rejects.toThrow(
      'no network',
    );
  });

  it('keeps new campaigns of the family away while the stacks go back', async () => {
    const world = await worldWith();
    await run(world);
    expect(await claimFamily(world, { campaignId: 'campaign-2', family: 'al2023-base' })).toBe('campaign-1');
  });

  it('does nothing with a campaign that is not over when it is handed one to reopen', async () => {
    const world = await worldWith({ phase: 'running', outcome: null });
    const campaign = (await findCampaign(world, 'campaign-1'))!;
    expect(await reopen(world, campaign, by)).toBe(campaign);
    expect((await findCampaign(world, 'campaign-1'))?.fence).toBe(1);
  });

  it('revokes the build where it has something to do', async () => {
    const world = await worldWith();
    await run(world);
    expect((await findImageRecord(world, { family: 'al2023-base', build: '4711' }))?.revoked).toMatchObject({
      by: 'ada',
      reason: 'it leaks',
    });
  });

  it('revokes a build that is named by its image, also where nothing of it is left on any stack', async () => {
    const revoked = async (selection: { campaignId: string } | { imageId: string }) => {
      const world = await worldWith({ outcome: 'RESTORED' });
      await rollback(world)({ ...by, selection });
      return (await findImageRecord(world, { family: 'al2023-base', build: '4711' }))?.revoked?.by;
    };
    expect(await revoked({ campaignId: 'campaign-1' })).toBeUndefined();
    expect(await revoked({ imageId: newImage })).toBe('ada');
  });

  it('says of each campaign what becomes of it, and does not accept where one is ending', async () => {
    const world = await worldWith();
    await seedCampaign(world, {
      campaignId: 'campaign-2',
      startedAt: '2026-11-22T11:00:00.000Z',
      phase: 'promoted',
      build: '4711',
    });
    expect(await image(world)).toMatchObject({
      accepted: false,
      message: 'campaign-2 is ending at this moment: ask again in a minute; campaign-1 is being restored',
      campaigns: [{ campaignId: 'campaign-2' }, { campaignId: 'campaign-1' }],
    });
  });

  it('names what there is not', async () => {
    const world = await worldWith();
    const none = 'ami-0eeeeeeeeeeeeeeee';
    expect(await image(world, none)).toEqual({
      accepted: false,
      message: `there is no campaign that brought image ${none}`,
      campaigns: [],
    });
    expect(await previewRollback(world)({ imageId: none })).toEqual({
      accepted: false,
      message: `there is no campaign that brought image ${none}`,
      campaigns: [],
    });
    expect(await previewRollback(world)({ campaignId: 'campaign-1' })).toMatchObject({
      message: 'nothing was changed',
    });
  });

  it('finds a campaign by the image that it was started with, also where no region of its set has that', async () => {
    const world = aWorld();
    const started = 'ami-0ddddddddddddddd1';
    await seedCampaign(world, { ...ended, image: { id: started, region: 'eu-west-1' }, imageSet: {} });
    await seedCampaign(world, { ...ended, campaignId: 'other', imageSet: { 'eu-west-1': newImage } });
    expect(await previewRollback(world)({ imageId: started })).toMatchObject({
      campaigns: [{ campaignId: 'campaign-1' }],
    });
  });

  it.each([
    ['older first', ['2026-11-22T09:00:00.000Z', '2026-11-22T10:00:00.000Z', '2026-11-22T11:00:00.000Z']],
    ['newer first', ['2026-11-22T11:00:00.000Z', '2026-11-22T10:00:00.000Z', '2026-11-22T09:00:00.000Z']],
  ])('takes the newest campaign first, in whatever order they are found: %s', async (_what, starts) => {
    const world = aWorld();
    for (const [index, startedAt] of starts.entries())
      await seedCampaign(world, { ...ended, campaignId: `at-${startedAt.slice(11, 13)}-${index}`, startedAt });
    const { campaigns } = await previewRollback(world)({ imageId: newImage });
    expect(campaigns.map(({ campaignId }) => campaignId.slice(0, 5))).toEqual(['at-11', 'at-10', 'at-09']);
  });

  it('shows where the stacks stand: what a write may have reached and is not back, in the order of the plan', async () => {
    const executionArn = 'arn:r1';
    const world = await worldWith({
      outcome: 'RESTORE_INCOMPLETE',
      restore: { executionArn, attempt: 1, first: 1, reason: 'x' },
    });
    const record = (stackName: string, order: number, status: 'done' | 'restored' | 'quarantined', touched = true) =>
      aStackRecord({ stackName, order, status, touched, reason: `why ${stackName}` });
    await seedStacks(
      world,
      record('third', 3, 'quarantined'),
      record('first', 1, 'done'),
      record('second', 2, 'quarantined'),
      record('back', 4, 'restored'),
      aStackRecord({ stackName: 'never', order: 5, status: 'skipped' }),
    );
    const { campaigns } = await previewRollback(world)({ campaignId: 'campaign-1' });
    expect(campaigns).toMatchObject([
      {
        execution: executionArn,
        touched: 4,
        counts: { done: 1, restored: 1, quarantined: 2, skipped: 1, pending: 0 },
        left: [
          { stackName: 'first', status: 'done', reason: 'why first' },
          { stackName: 'second' },
          { stackName: 'third' },
        ],
      },
    ]);
    expect(campaigns[0]?.left).toHaveLength(3);
  });

  it('names at most a hundred stacks, and no execution where there was none', async () => {
    const world = await worldWith();
    await seedStacks(
      world,
      ...Array.from({ length: 120 }, (_, order) =>
        aStackRecord({ stackName: `app-${order}`, order, status: 'done', touched: true }),
      ),
    );
    const [campaign] = (await previewRollback(world)({ campaignId: 'campaign-1' })).campaigns;
    expect(campaign).toMatchObject({ touched: 120, execution: null });
    expect(campaign?.left).toHaveLength(100);
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
    expect(await trailOf(world, 'campaign-1', left.stackId)).toMatchObject([
      { who: 'List Touched Stacks', what: 'to be restored again', why: 'it leaks' },
    ]);
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
