import { describe, expect, it } from '@jest/globals';
import { report } from '../../../domain/campaign/report.ts';
import type { Campaign } from '../../../domain/records/campaign.ts';
import { afterExecution } from '../../../domain/restore/after-execution.ts';
import { restoreWaitKey } from '../../../domain/restore/finish-wait.ts';
import { findCampaign, unfinishedCampaigns } from '../../../domain/store/campaigns.ts';
import { claimFamily } from '../../../domain/store/deduplication.ts';
import { keys } from '../../../domain/store/keys.ts';
import { findWait, storeWait } from '../../../domain/store/waits.ts';
import { recordsIn, seedCampaign, seedStacks, trailOf } from '../fakes/seed.ts';
import { aStackRecord } from '../fakes/stack-record.ts';
import { aWait } from '../fakes/wait.ts';
import { aWorld, type World } from '../fakes/world.ts';
import { outcomes } from '../../../domain/words.ts';

const run = (world: World, failure: { Error: string; Cause: string } | null = null) =>
  report(world)({ campaignId: 'campaign-1', failure });
const worldWith = async (over: Partial<Campaign> = {}, ...records: ReturnType<typeof aStackRecord>[]) => {
  const world = aWorld();
  await seedCampaign(world, over);
  await seedStacks(world, ...records);
  return world;
};

describe('report', () => {
  it.each(outcomes)('writes the conclusion %s as the outcome', async (conclusion) => {
    const world = await worldWith({ conclusion, reason: 'because' });
    expect(await run(world)).toEqual({ outcome: conclusion, reason: 'because' });
    expect(await findCampaign(world, 'campaign-1')).toMatchObject({
      outcome: conclusion,
      reason: 'because',
      phase: 'closed',
      endedAt: '2026-11-22T12:00:00.000Z',
    });
    expect(await trailOf(world)).toContainEqual(expect.objectContaining({ who: 'Report', what: conclusion }));
  });

  it('writes REJECTED with the failure where nothing was concluded', async () => {
    const world = await worldWith();
    expect(await run(world, { Error: 'GateRejected', Cause: 'Tag build_id is missing.' })).toEqual({
      outcome: 'REJECTED',
      reason: 'GateRejected: Tag build_id is missing.',
    });
  });

  it('takes the campaign out of those that have no outcome yet', async () => {
    const world = await worldWith();
    await seedCampaign(world, { campaignId: 'campaign-2' });
    await run(world);
    expect(await Array.fromAsync(unfinishedCampaigns(world))).toMatchObject([{ campaignId: 'campaign-2' }]);
  });

  it("keeps the campaign's own reason before the failure's", async () => {
    const world = await worldWith({ reason: 'ring canary failed' });
    expect((await run(world, { Error: 'x', Cause: 'y' })).reason).toBe('ring canary failed');
  });

  it.each([
    ['campaign ended', {}],
    ['dry run', { dryRun: true }],
  ])('closes what was never claimed as skipped: %s', async (reason, over) => {
    const world = await worldWith(
      over,
      aStackRecord({ stackName: 'a' }),
      aStackRecord({ stackName: 'b', order: 1, status: 'holding', reason: 'waits' }),
      aStackRecord({ stackName: 'c', order: 2, status: 'done' }),
      aStackRecord({ stackName: 'd', order: 3, status: 'quarantined', reason: 'foreign' }),
    );
    await run(world);
    expect(await recordsIn(world)).toMatchObject([
      { status: 'skipped', reason, endedAt: '2026-11-22T12:00:00.000Z' },
      { status: 'skipped', reason },
      { status: 'done', revision: 0 },
      { status: 'quarantined', reason: 'foreign', revision: 0 },
    ]);
    expect(await world.planStore.get('campaigns/campaign-1/report.json')).toMatchObject({
      rings: [{ ring: 'canary', planned: 4, counts: { pending: 0, holding: 0, skipped: 2 } }, { ring: 'full' }],
    });
  });

  it('tells the operators, once, with the whole report for machines', async () => {
    const world = await worldWith({ conclusion: 'PROMOTED' });
    await run(world);
    expect(world.notifications.published).toMatchObject([
      {
        id: 'campaign-1/finished',
        fact: 'finished',
        outcome: 'PROMOTED',
        subject: 'PROMOTED: al2023-base ami-00000000000000002',
        text: expect.stringContaining('PROMOTED: The image is rolled out'),
        campaignId: 'campaign-1',
      },
    ]);
  });

  it('tells of a rollback of the same campaign as of another fact', async () => {
    const rollback = { by: 'ana', reason: 'late finding', at: '2026-11-22T11:30:00.000Z', from: 'PROMOTED' as const };
    const world = await worldWith({ conclusion: 'RESTORED', rollback });
    await run(world);
    expect(world.notifications.published).toMatchObject([
      { id: 'campaign-1/restored/2026-11-22T11:30:00.000Z', fact: 'restored', outcome: 'RESTORED' },
    ]);
  });

  it('keeps the report as page, text and JSON, whatever the outcome', async () => {
    const world = await worldWith(
      { conclusion: 'RESTORED', reason: 'ring canary failed' },
      aStackRecord({ stackName: '<b>app</b>', status: 'restored', reason: 'a & b' }),
    );
    await run(world);
    const kept = (extension: string) => world.planStore.documents.get(`campaigns/campaign-1/report.${extension}`);
    expect(kept('txt')).toContain('  <b>app</b> (100000000001/eu-west-1): a & b');
    expect(kept('html')).toContain('<td>&lt;b&gt;app&lt;/b&gt;</td>');
    expect(kept('html')).toContain('a &amp; b');
    expect(kept('html')).not.toMatch(/<script|<link|src=|href=|@import|url\(/);
    expect(JSON.parse(kept('json') ?? '')).toMatchObject({ outcome: 'RESTORED', stacks: { restored: { total: 1 } } });
  });

  it('keeps and tells also of a campaign that was never opened, after a crash in between too', async () => {
    const world = aWorld();
    const broken = { ...world, notifications: { publish: () => Promise.reject(new Error('the invocation died')) } };
    const failure = { Error: 'AccessDenied', Cause: 'no' };
    await expect(report(broken)({ campaignId: 'campaign-1', failure })).rejects.toThrow('died');
    await run(world);
    expect(world.notifications.published).toMatchObject([{ outcome: 'REJECTED', reason: 'AccessDenied: no' }]);
    expect(world.planStore.documents.get('campaigns/campaign-1/report.txt')).toContain('Why: AccessDenied: no');
  });

  it('has a subject also for a campaign of no family', async () => {
    const world = await worldWith({ family: '', image: { id: '', region: '' } });
    await run(world);
    expect(world.notifications.published).toMatchObject([{ subject: 'REJECTED: campaign campaign-1' }]);
  });

  it.each([
    [0, 'ring canary failed', 'ring canary failed'],
    [1, 'ring canary failed', 'ring canary failed; quarantined: app-0 (100000000001/eu-west-1)'],
    [1, '', 'quarantined: app-0 (100000000001/eu-west-1)'],
  ])('with %d stacks in quarantine and reason "%s" says "%s"', async (count, before, reason) => {
    const records = Array.from({ length: count }, (_, order) =>
      aStackRecord({ stackName: `app-${order}`, order, status: 'quarantined' }),
    );
    const world = await worldWith({ reason: before }, ...records, aStackRecord({ order: 9, status: 'done' }));
    expect((await run(world)).reason).toBe(reason);
  });

  it.each([
    [5, / app-\d \(100000000001\/eu-west-1\)$/],
    [7, / and 2 more$/],
  ])('names five of %d stacks in quarantine', async (count, end) => {
    const records = Array.from({ length: count }, (_, order) =>
      aStackRecord({ stackName: `app-${order}`, order, status: 'quarantined' }),
    );
    const { reason } = await run(await worldWith({}, ...records));
    expect(reason.match(/app-/g)).toHaveLength(5);
    expect(reason).toMatch(end);
  });

  it('passes on any trouble of the table', async () => {
    const world = await worldWith();
    const table = { ...world.table, transact: () => Promise.reject(new Error('no network')) };
    await expect(run({ ...world, table })).rejects.toThrow('no network');
  });

  it('changes and sends nothing when it is called again, whatever it is told then', async () => {
    const world = await worldWith({ conclusion: 'PROMOTED' }, aStackRecord());
    const first = await run(world);
    const trail = await trailOf(world);
    world.clock.advance(5);
    expect(await run(world, { Error: 'x', Cause: 'y' })).toEqual(first);
    expect(await trailOf(world)).toEqual(trail);
    expect(world.notifications.published).toHaveLength(1);
  });

  it('writes the outcome once when two come at once', async () => {
    const world = await worldWith({ conclusion: 'RESTORED' });
    const [one, two] = await Promise.all([run(world), run(world)]);
    expect(one).toEqual(two);
    expect((await trailOf(world)).filter(({ what }) => what === 'RESTORED')).toHaveLength(1);
  });

  it.each<[string, (world: World) => void]>([
    [
      'written the outcome',
      (world) => {
        world.executions.succeed = () => Promise.reject(new Error('the invocation died'));
      },
    ],
    [
      'begun to tell',
      (world) => {
        world.notifications.publish = () => Promise.reject(new Error('the invocation died'));
      },
    ],
  ])('does what is left to do where the first invocation has %s and died', async (_what, breakIt) => {
    const world = await worldWith({ conclusion: 'RESTORED' });
    await storeWait(world, aWait({ key: restoreWaitKey('campaign-1'), kind: 'restore' }));
    const broken = { ...world, executions: { ...world.executions }, notifications: { ...world.notifications } };
    breakIt(broken);
    await expect(run(broken)).rejects.toThrow('died');
    world.clock.advance(1);
    expect(await run(world)).toMatchObject({ outcome: 'RESTORED' });
    expect(world.notifications.published).toHaveLength(1);
    expect(world.executions.completed).toEqual([{ taskToken: 'token-1', output: { outcome: 'RESTORED' } }]);
    expect(await findCampaign(world, 'campaign-1')).toMatchObject({ endedAt: '2026-11-22T12:00:00.000Z' });
  });

  it('has nothing to add where After Execution has closed the campaign and said so', async () => {
    const world = await worldWith({ restore: { executionArn: 'arn:r5', attempt: 5, first: 1, reason: 'x' } });
    await afterExecution(world)({
      executionArn: 'arn:r5',
      name: 'campaign-1-r5',
      stateMachineArn: world.surroundings().restoreMachineArn,
      status: 'FAILED',
    });
    expect(await run(world)).toMatchObject({ outcome: 'RESTORE_INCOMPLETE' });
    expect(world.notifications.published).toHaveLength(1);
  });

  it('lets the next campaign of the family start', async () => {
    const world = await worldWith({ conclusion: 'PROMOTED' });
    await claimFamily(world, { campaignId: 'campaign-1', family: 'al2023-base' });
    await run(world);
    expect(await world.table.get(keys.family('al2023-base'))).toBeUndefined();
    expect(await claimFamily(world, { campaignId: 'campaign-2', family: 'al2023-base' })).toBeNull();
  });

  it.each([
    ['RESTORED', true],
    ['RESTORE_INCOMPLETE', true],
    ['PROMOTED', false],
  ] as const)('tells the campaign that waits for its restore about %s: %s', async (conclusion, told) => {
    const world = await worldWith({ conclusion });
    await storeWait(world, aWait({ key: restoreWaitKey('campaign-1'), kind: 'restore' }));
    await run(world);
    expect(world.executions.completed).toEqual(told ? [{ taskToken: 'token-1', output: { outcome: conclusion } }] : []);
    expect(await findWait(world, restoreWaitKey('campaign-1'))).toEqual(told ? undefined : expect.anything());
  });

  it('tells it the second time where the first invocation died before', async () => {
    const world = await worldWith({ outcome: 'RESTORED', conclusion: 'RESTORED', phase: 'closed', told: true });
    await storeWait(world, aWait({ key: restoreWaitKey('campaign-1'), kind: 'restore' }));
    await run(world);
    expect(world.executions.completed).toEqual([{ taskToken: 'token-1', output: { outcome: 'RESTORED' } }]);
  });

  it('records an outcome even for a campaign that was never opened', async () => {
    const world = aWorld();
    expect(await run(world, { Error: 'AccessDenied', Cause: 'no' })).toEqual({
      outcome: 'REJECTED',
      reason: 'AccessDenied: no',
    });
    expect(await findCampaign(world, 'campaign-1')).toMatchObject({ outcome: 'REJECTED', phase: 'closed' });
    expect(await run(world)).toMatchObject({ outcome: 'REJECTED' });
    expect(await report(aWorld())({ campaignId: 'campaign-2', failure: null })).toEqual({
      outcome: 'REJECTED',
      reason: 'the campaign was never opened',
    });
  });

  it('keeps the reason short enough for a state', async () => {
    const world = await worldWith();
    expect((await run(world, { Error: 'X', Cause: 'y'.repeat(5000) })).reason).toHaveLength(900);
  });
});
