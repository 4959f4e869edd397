import { describe, expect, it } from '@jest/globals';
import { approve } from '../../../domain/ring/approve.ts';
import { approvalWaitKey } from '../../../domain/ring/settle-approval.ts';
import { findApproval } from '../../../domain/store/approvals.ts';
import { findWait } from '../../../domain/store/waits.ts';
import { seedCampaign, seedStacks, trailOf } from '../fakes/seed.ts';
import { aStackRecord } from '../fakes/stack-record.ts';
import { aWorld } from '../fakes/world.ts';
import { asked, planHash, says, waitingForApproval } from './approvals.ts';

describe('approve', () => {
  it('records what is to be approved, binds the task token and asks', async () => {
    const world = await waitingForApproval({ starter: 'ana' });
    expect(await findApproval(world, 'campaign-1', 'canary')).toMatchObject({
      image: 'ami-00000000000000002',
      planHash,
      requestedAt: '2026-11-22T12:00:00.000Z',
      expiresAt: '2026-11-23T12:00:00.000Z',
      approversNeeded: 1,
      decisions: [],
      state: 'open',
    });
    expect(await findWait(world, approvalWaitKey('campaign-1', 'canary'))).toMatchObject({
      kind: 'approval',
      taskToken: 'token-1',
      account: '',
      region: '',
      stackId: null,
      direction: null,
      context: { ring: 'canary' },
      createdAt: '2026-11-22T12:00:00.000Z',
      overdueAt: '2026-11-22T12:45:00.000Z',
    });
    expect(world.notifications.published).toMatchObject([
      {
        id: 'campaign-1/approval-wanted/canary',
        fact: 'approval wanted',
        subject: 'Approval wanted: ring canary of al2023-base',
        text: expect.stringContaining('ami-rollout approve campaign-1 --ring canary'),
        campaignId: 'campaign-1',
        family: 'al2023-base',
        image: { id: 'ami-00000000000000002' },
        ring: 'canary',
        outcome: null,
        approval: { planHash, expiresAt: '2026-11-23T12:00:00.000Z', approversNeeded: 1 },
      },
    ]);
    expect((await trailOf(world)).at(-1)).toMatchObject({ what: 'approval of ring canary asked for' });
  });

  it.each([
    ['unknown', 2, 'when 2 people other than the starter (unknown) approve'],
    ['ana', 1, 'when 1 person other than the starter (ana) approve'],
  ])('asks, when %s has started it, for %d', async (starter, approversNeeded, words) => {
    const world = await waitingForApproval({ starter });
    expect(await findApproval(world, 'campaign-1', 'canary')).toMatchObject({ approversNeeded });
    expect(world.notifications.published[0]?.text).toContain(words);
  });

  it('shows what the ring has come to', async () => {
    const world = aWorld();
    await seedCampaign(world);
    await seedStacks(world, aStackRecord({ status: 'done' }), aStackRecord({ stackName: 'b', status: 'skipped' }));
    await approve(world)({ ...asked, taskToken: 'token-1' });
    expect(world.notifications.published[0]?.text).toContain('Ring      canary, 2 planned: 1 succeeded, 1 skipped');
  });

  it('binds the new token when it is called again, keeps the decisions and asks nobody twice', async () => {
    const world = await waitingForApproval();
    await says(world, 'ana');
    const before = await findApproval(world, 'campaign-1', 'canary');
    world.clock.advance(60);
    await approve(world)({ ...asked, taskToken: 'token-2' });
    expect(await findApproval(world, 'campaign-1', 'canary')).toEqual(before);
    expect(world.notifications.published).toHaveLength(1);
    await says(world, 'ben');
    expect(world.executions.completed).toEqual([{ taskToken: 'token-2', output: { decision: 'approved' } }]);
  });

  it('asks once when two invocations come at once', async () => {
    const world = aWorld();
    await seedCampaign(world);
    await Promise.all(['token-1', 'token-2'].map((taskToken) => approve(world)({ ...asked, taskToken })));
    const askedFor = (await trailOf(world)).filter(({ what }) => what === 'approval of ring canary asked for');
    expect(askedFor).toHaveLength(1);
  });

  it('passes on any trouble of the table', async () => {
    const world = aWorld();
    await seedCampaign(world);
    const put: typeof world.table.put = (key, item, condition) =>
      key.sk.startsWith('APPROVAL#') ? Promise.reject(new Error('no network')) : world.table.put(key, item, condition);
    const table = { ...world.table, put };
    await expect(approve({ ...world, table })({ ...asked, taskToken: 'token-1' })).rejects.toThrow('no network');
  });

  it('completes at once where the decision came while no task was waiting', async () => {
    const world = await waitingForApproval({ starter: 'ana' });
    const executions = { ...world.executions, succeed: () => Promise.reject(new Error('no network')) };
    await expect(says({ ...world, executions }, 'ben')).rejects.toThrow('no network');
    await approve(world)({ ...asked, taskToken: 'token-2' });
    expect(world.executions.completed).toEqual([{ taskToken: 'token-2', output: { decision: 'approved' } }]);
  });

  it('asks after all where the first invocation has recorded the approval and died', async () => {
    const world = aWorld();
    await seedCampaign(world);
    const notifications = { publish: () => Promise.reject(new Error('the invocation died')) };
    await expect(approve({ ...world, notifications })({ ...asked, taskToken: 'token-1' })).rejects.toThrow('died');
    await approve(world)({ ...asked, taskToken: 'token-2' });
    await approve(world)({ ...asked, taskToken: 'token-3' });
    expect(world.notifications.published).toHaveLength(1);
  });

  it('never puts the task token into what it sends', async () => {
    const world = await waitingForApproval();
    expect(JSON.stringify(world.notifications.published)).not.toContain('token-1');
  });
});
