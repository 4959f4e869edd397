import { claimStack } from '../../contracts/claim-stack.ts';
import type { StackTask } from '../../contracts/shapes.ts';
import type { ErrorOf } from '../../contracts/contract.ts';
import { completeTask, failTask } from '../complete-task.ts';
import { ForeignChange } from '../errors.ts';
import type { Ports } from '../ports/index.ts';
import type { StackRecord } from '../records/stack-record.ts';
import { getCampaign } from '../store/campaigns.ts';
import { forgetHold, storeHold } from '../store/holds.ts';
import { haltedBy } from '../store/halts.ts';
import { holdGroups } from '../store/keys.ts';
import { notePause } from '../store/ring-pauses.ts';
import { inWork, takeSlot } from '../store/slots.ts';
import { changeStack, getStackRecord } from '../store/stack-records.ts';
import { targetName } from '../target.ts';
import { whyNoClaims } from '../windows/may-claim.ts';
import type { Closed } from '../windows/may-start.ts';
import { claimForward } from './claim-forward.ts';
import { claimRestore } from './claim-restore.ts';
import { updateLimitMinutes } from './update-limit.ts';

export type ClaimNeeds = Pick<
  Ports,
  | 'table'
  | 'clock'
  | 'configuration'
  | 'executions'
  | 'stacks'
  | 'groups'
  | 'images'
  | 'keys'
  | 'alarms'
  | 'calendars'
  | 'parameters'
  | 'functions'
  | 'surroundings'
>;

/**
 * What the claim came to. `go` and `skip` say how the stack's record changes (null: it stands as it is); `hold` says in
 * which group the claim waits.
 */
export type Claim =
  | { readonly answer: 'go' | 'skip'; readonly reason: string; readonly changes: Partial<StackRecord> | null }
  | {
      readonly answer: 'hold';
      readonly reason: string;
      readonly group: string;
      readonly busy: boolean;
      /** The ring's window or calendar has closed. */
      readonly closed?: Closed;
    };

type Task = StackTask & { readonly taskToken: string };

const hold = async (ports: ClaimNeeds, task: Task, record: StackRecord, claim: Claim & { answer: 'hold' }) => {
  const { clock, configuration } = ports;
  const { overdueMinutes } = configuration().stacks;
  const now = clock.now();
  const { taskToken, ...context } = task;
  // A busy stack's limit is minutes away, so the sweep looks at it early; a slot may be hours away.
  const minutes = claim.busy ? 10 : overdueMinutes;
  const until = claim.closed?.until ?? null;
  const share = record.share === undefined ? {} : { share: record.share };
  await storeHold(ports, claim.group, record.order, {
    key: `hold#${claim.group}#${record.stackId}`,
    kind: 'hold',
    campaignId: record.campaignId,
    taskToken,
    account: record.account,
    region: record.region,
    stackId: record.stackId,
    direction: task.direction,
    context: { ...context, ...share, ...(until === null ? {} : { deadline: until }) },
    createdAt: now.toISOString(),
    overdueAt: until ?? new Date(now.getTime() + minutes * 60_000).toISOString(),
  });
  const status = task.direction === 'forward' ? 'holding' : record.status;
  const busySince = claim.busy ? (record.busySince ?? now.toISOString()) : null;
  // On the way back the reason says why the stack failed: that it waits must not hide it.
  const reason = task.direction === 'forward' ? claim.reason : record.reason;
  if (record.status === status && record.reason === reason && record.busySince === busySince) return;
  await changeStack(
    ports,
    record,
    { status, reason, busySince },
    { who: 'Claim Stack', what: 'hold', why: claim.reason },
  );
};

/** Statuses that a forward claim may still change; any other says that the stack has moved on since it was queued. */
const claimable = new Set<StackRecord['status']>(['pending', 'holding', 'updating']);

/** Takes the claim out of the groups in which it may have waited, but for the one in which it waits now. */
const forgetHolds = async (ports: ClaimNeeds, { campaignId, direction, stack }: Task, but: string | null = null) => {
  const { order, ring, stackId } = stack;
  const groups = [
    holdGroups.target(campaignId, stack, direction),
    holdGroups.busy(stackId),
    holdGroups.halted(campaignId),
    holdGroups.closed(campaignId, ring),
  ];
  for (const group of groups) if (group !== but) await forgetHold(ports, group, order, stackId);
};

/** Whether the campaign is over or has broken before the hold was seen: nobody else would wake it in time. */
const claimsNoMore = async (ports: ClaimNeeds, campaignId: string): Promise<boolean> => {
  const campaign = await getCampaign(ports, campaignId);
  return campaign.phase !== 'running' || campaign.breachedRing !== null;
};

/** Whether what a claim waits for has come before its hold was seen. */
const wakesItself = async (ports: ClaimNeeds, { campaignId, stack }: Task, claim: Claim): Promise<boolean> => {
  if (claim.answer !== 'hold') return false;
  if (claim.group === holdGroups.halted(campaignId))
    return (await haltedBy(ports, campaignId)) === null || (await claimsNoMore(ports, campaignId));
  if (!claim.closed) return false;
  return (await whyNoClaims(ports, campaignId, stack.ring)) === null || (await claimsNoMore(ports, campaignId));
};

const decide = async (ports: ClaimNeeds, task: Task): Promise<void> => {
  const { campaignId, direction, stack, taskToken } = task;
  const record = await getStackRecord(ports, { ...stack, campaignId });
  const finish = (decision: 'go' | 'skip', reason: string, of: Pick<StackRecord, 'monitoringMinutes'>) =>
    completeTask(ports, claimStack, taskToken, {
      decision,
      reason,
      updateTimeoutSeconds: updateLimitMinutes(ports, of) * 60,
    });

  // Claims are queued and may come twice or hours late: they must not write over what has happened meanwhile.
  const over = direction === 'forward' ? !claimable.has(record.status) : isBack(record.status);
  if (over) {
    // Whatever it waited for, it waits no more: the sweep would wake it in vain.
    await forgetHolds(ports, task);
    await finish('skip', record.reason, record);
    return;
  }
  const campaign = await getCampaign(ports, campaignId);
  const targetCap = ports.configuration().rings.find(({ name }) => name === stack.ring)?.targetCap ?? 1;
  const cap = inWork(direction, targetCap, record.share);
  const slotGroup = holdGroups.target(campaignId, stack, direction);
  const enter = () => takeSlot(ports, { campaignId, target: stack, direction, stackId: stack.stackId }, cap);

  if (!(await enter())) {
    const reason = `${targetName(stack)} has ${cap} stacks in work, as many as ring ${stack.ring} allows${cap < targetCap ? ' while other targets wait' : ''}`;
    await hold(ports, task, record, { answer: 'hold', reason, group: slotGroup, busy: false });
    // A slot may have been freed before our hold was seen: one more try makes sure that nobody waits beside a free slot.
    if (!(await enter())) return;
  }
  const current = await getStackRecord(ports, { ...stack, campaignId });
  const result = await (direction === 'forward' ? claimForward : claimRestore)(ports, campaign, current);
  if (result.answer === 'hold') {
    await forgetHolds(ports, task, result.group);
    await hold(ports, task, current, result);
    if (result.closed)
      await notePause(ports, campaignId, stack.ring, { until: result.closed.until, reason: result.closed.why });
    if (await wakesItself(ports, task, result)) await decide(ports, task);
    return;
  }
  // Its SSM parameter was written before: the stack is not as it was, so it has failed and is put back.
  if (direction === 'forward' && result.answer === 'skip' && result.changes && current.touched)
    throw new ForeignChange(result.reason);
  if (result.changes) {
    await changeStack(
      ports,
      current,
      { ...result.changes, busySince: null },
      {
        who: 'Claim Stack',
        what: result.answer === 'go' ? `claim ${direction}` : 'skip',
        why: result.reason,
        evidence: { ...result.changes.previous },
      },
    );
  }
  // A claim that has never waited is in no group: the usual way spares three writes.
  const waited = current.status === 'holding' || current.busySince !== null || direction === 'restore';
  if (waited) await forgetHolds(ports, task);
  await finish(result.answer, result.reason, { ...current, ...result.changes });
};

const isBack = (status: StackRecord['status']): boolean => status === 'restored' || status === 'quarantined';

/**
 * The use case behind Claim Stack: decides, records, and completes the task unless the stack must wait. A failure is told
 * through the token as well: a claim that was woken has no state whose retry would see what it throws.
 */
export const claim =
  (ports: ClaimNeeds) =>
  async (task: Task): Promise<void> => {
    try {
      await decide(ports, task);
    } catch (error) {
      if (!(error instanceof Error)) throw error;
      // The machine retries by name; a name that the contract does not know is final.
      await failTask(ports, claimStack, task.taskToken, error.name as ErrorOf<typeof claimStack>, error.message);
    }
  };
