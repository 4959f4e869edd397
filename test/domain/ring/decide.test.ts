import { describe, expect, it } from '@jest/globals';
import { decide } from '../../../domain/ring/decide.ts';
import { approvalWaitKey, settleApproval } from '../../../domain/ring/settle-approval.ts';
import { findApproval } from '../../../domain/store/approvals.ts';
import { changeCampaign } from '../../../domain/store/campaigns.ts';
import { findWait } from '../../../domain/store/waits.ts';
import { trailOf } from '../fakes/seed.ts';
import type { World } from '../fakes/world.ts';
import { planHash, says, waitingForApproval } from './approvals.ts';

const decisionsIn = async (world: World) => (await findApproval(world, 'campaign-1', 'canary'))?.decisions ?? [];
const approved = [{ taskToken: 'token-1', output: { decision: 'approved' } }];

describe('decide', () => {
  it('takes the word of one person where the starter is known', async () => {
    const world = await waitingForApproval({ starter: 'ana' });
    expect(await says(world, 'ben', { planHash })).toEqual({
      accepted: true,
      message: 'ring canary is approved',
      state: 'approved',
    });
    expect(world.executions.completed).toEqual(approved);
    expect(await findWait(world, approvalWaitKey('campaign-1', 'canary'))).toBeUndefined();
    expect(await decisionsIn(world)).toEqual([
      { person: 'ben', decision: 'approve', reason: 'looks good', at: '2026-11-22T12:00:00.000Z' },
    ]);
  });

  it('wants two different people where the starter is unknown', async () => {
    const world = await waitingForApproval();
    expect(await says(world, 'ana')).toEqual({ accepted: true, message: 'recorded; 1 more needed', state: 'open' });
    expect(world.executions.completed).toEqual([]);
    expect(await says(world, 'ana')).toMatchObject({
      accepted: false,
      message: 'ana has decided on this ring already',
    });
    expect(world.executions.completed).toEqual([]);
    expect(await says(world, 'ben')).toMatchObject({ accepted: true, state: 'approved' });
    expect(world.executions.completed).toEqual(approved);
  });

  it('is rejected by the first no, also after a yes', async () => {
    const world = await waitingForApproval();
    await says(world, 'ana');
    expect(await says(world, 'ben', { decision: 'reject', reason: 'errors' })).toEqual({
      accepted: true,
      message: 'ring canary is rejected',
      state: 'rejected',
    });
    expect(world.executions.completed).toEqual([{ taskToken: 'token-1', output: { decision: 'rejected' } }]);
  });

  it('takes no yes after a no, and notes none', async () => {
    const world = await waitingForApproval();
    await says(world, 'ana', { decision: 'reject', reason: 'errors' });
    const noted = await trailOf(world, 'campaign-1');
    expect(await says(world, 'ben')).toEqual({
      accepted: false,
      message: 'ring canary is rejected already; nothing was changed',
      state: 'rejected',
    });
    expect(await decisionsIn(world)).toHaveLength(1);
    expect(await trailOf(world, 'campaign-1')).toEqual(noted);
  });

  it.each<[string, (world: World) => Promise<unknown>, string]>([
    ['the starter', (world) => says(world, 'ana'), 'ana started the campaign and cannot decide on it'],
    [
      'somebody the configuration does not know',
      (world) => says(world, 'mallory'),
      'arn:aws:sts::111122223333:assumed-role/ops/mallory belongs to nobody in the configuration: add it under people.*.iam',
    ],
    [
      'an approval of another plan',
      (world) => says(world, 'ben', { planHash: 'b'.repeat(64) }),
      `the plan you approve (${'b'.repeat(64)}) is not the campaign's (${planHash})`,
    ],
    ['a decision without a reason', (world) => says(world, 'ben', { reason: '  ' }), 'a reason is required'],
    [
      'a ring that nobody was asked about',
      (world) => says(world, 'ben', { ring: 'full' }),
      'campaign campaign-1 asks for no approval of ring full',
    ],
    [
      'an unknown campaign',
      (world) => says(world, 'ben', { campaignId: 'campaign-9' }),
      'campaign campaign-9 asks for no approval of ring canary',
    ],
    [
      'a decision at the moment the request expires',
      (world) => {
        world.clock.advance(24 * 60);
        return says(world, 'ben');
      },
      'the request expired at 2026-11-23T12:00:00.000Z; nothing was changed',
    ],
    [
      'a decision about a campaign that is being restored',
      async (world) => {
        await changeCampaign(world, 'campaign-1', { phase: 'restoring' }, { who: 'test', what: 'x', why: '' });
        return says(world, 'ben');
      },
      'the campaign is restoring; nothing was changed',
    ],
    [
      'a second decision on what is decided',
      async (world) => {
        await says(world, 'ben');
        world.executions.completed.length = 0;
        return says(world, 'eve', { decision: 'reject' });
      },
      'ring canary is approved already; nothing was changed',
    ],
  ])('refuses %s, and says why', async (_what, act, message) => {
    const world = await waitingForApproval({ starter: 'ana' });
    expect(await act(world)).toMatchObject({ accepted: false, message });
    expect(world.executions.completed).toEqual([]);
  });

  it('still takes a decision a moment before the request expires', async () => {
    const world = await waitingForApproval({ starter: 'ana' });
    world.clock.advance(24 * 60 - 1);
    expect(await says(world, 'ben')).toMatchObject({ accepted: true });
  });

  it('writes who decided what, why and as whom into the trail before it counts', async () => {
    const world = await waitingForApproval({ starter: 'ana' });
    await says(world, 'ben');
    expect((await trailOf(world)).at(-1)).toMatchObject({
      who: 'ben',
      what: 'approve ring canary',
      why: 'looks good',
      evidence: { planHash, identity: 'arn:aws:sts::111122223333:assumed-role/ops/ben' },
    });
  });

  it('counts only one of two decisions that come at the same moment, and asks the other to try again', async () => {
    const world = await waitingForApproval();
    const answers = await Promise.all([says(world, 'ana'), says(world, 'ben', { decision: 'reject' })]);
    expect(answers.filter(({ accepted }) => accepted)).toHaveLength(1);
    expect(answers.find(({ accepted }) => !accepted)?.message).toContain('somebody else decided at the same moment');
    expect(await decisionsIn(world)).toHaveLength(1);
    // The one that came a moment late is not in the trail: nothing has followed from it.
    const noted = (await trailOf(world)).filter(({ what }) => /^(approve|reject) ring/.test(what));
    expect(noted).toHaveLength(1);
  });

  it('tells those who were asked that it is decided, once', async () => {
    const world = await waitingForApproval();
    await says(world, 'ana');
    const approvedFacts = () => world.notifications.published.filter(({ fact }) => fact === 'approved');
    expect(approvedFacts()).toEqual([]);
    await says(world, 'ben', { reason: 'calm night' });
    expect(approvedFacts()).toMatchObject([
      {
        ring: 'canary',
        subject: 'Approved: ring canary of al2023-base, by ana and ben',
        reason: 'ana: looks good; ben: calm night',
        approval: null,
      },
    ]);
    await says(world, 'eve');
    expect(approvedFacts()).toHaveLength(1);
  });

  it('passes on any other trouble of the table', async () => {
    const world = await waitingForApproval();
    const table = { ...world.table, transact: () => Promise.reject(new Error('no network')) };
    await expect(says({ ...world, table }, 'ana')).rejects.toThrow('no network');
  });

  it('counts one person once who decides twice at the same moment', async () => {
    const world = await waitingForApproval();
    await Promise.all([says(world, 'ana'), says(world, 'ana')]);
    expect(await decisionsIn(world)).toHaveLength(1);
    expect(world.executions.completed).toEqual([]);
  });

  it('finishes, whoever comes next, what a decision has recorded and not completed any more', async () => {
    const world = await waitingForApproval({ starter: 'ana' });
    const executions = { ...world.executions, succeed: () => Promise.reject(new Error('the invocation died')) };
    await expect(
      decide({ ...world, executions })({
        campaignId: 'campaign-1',
        ring: 'canary',
        decision: 'approve',
        reason: 'x',
        planHash: null,
        caller: { kind: 'iam', arn: 'arn:aws:sts::111122223333:assumed-role/ops/ben' },
      }),
    ).rejects.toThrow('died');
    expect(await says(world, 'eve')).toMatchObject({ accepted: false, state: 'approved' });
    expect(world.executions.completed).toEqual(approved);
  });
});

describe('settleApproval', () => {
  it('is over once the record is decided, and completes once', async () => {
    const world = await waitingForApproval({ starter: 'ana' });
    expect(await settleApproval(world, 'campaign-1', 'canary')).toBe(false);
    await says(world, 'ben');
    expect(await settleApproval(world, 'campaign-1', 'canary')).toBe(true);
    expect(world.executions.completed).toEqual(approved);
  });
});
