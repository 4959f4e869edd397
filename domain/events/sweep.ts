import { expireHalt } from '../halt/expire-halt.ts';
import { sweepGates } from '../gating/custom/settle-execution.ts';
import { settleWindow } from '../windows/settle-window.ts';
import { sweepHold } from '../windows/wake-ring.ts';
import type { Closed } from '../windows/may-start.ts';
import { settleTurn } from '../queue/settle-turn.ts';
import { settleImages } from '../campaign/resolve-images.ts';
import { settleScan } from '../gating/inspector-scan.ts';
import type { StackFacts } from '../ports/stacks.ts';
import type { Campaign } from '../records/campaign.ts';
import type { Wait } from '../records/wait.ts';
import { finishRestoreWait } from '../restore/finish-wait.ts';
import { settleApproval } from '../ring/settle-approval.ts';
import { settleUpdate } from '../stack/settle-update.ts';
import { currentImage, isBusy } from '../stack/stack-state.ts';
import { findCampaign } from '../store/campaigns.ts';
import { getStackRecord } from '../store/stack-records.ts';
import { forgetWait, overdueWaits, postponeWait } from '../store/waits.ts';
import { targetName } from '../target.ts';
import { afterExecution } from '../restore/after-execution.ts';
import type { Ports } from '../ports/index.ts';
import { unfinishedCampaigns } from '../store/campaigns.ts';
import type { EventNeeds } from './settle-event.ts';
import { settleGroup } from './settle-group.ts';

export type SweepNeeds = EventNeeds & Pick<Ports, 'calendars' | 'notifications' | 'planStore'>;

type Overdue = Wait & { readonly pk: string; readonly sk: string };

/** The stacks of one target that somebody waits for, from unnamed pages; one reading serves all its waits. */
const readTarget = async (ports: EventNeeds, waits: readonly Overdue[]): Promise<ReadonlyMap<string, StackFacts>> => {
  const found = new Map<string, StackFacts>();
  const wanted = new Set(waits.map(({ stackId }) => stackId));
  const [first] = waits;
  if (!first) return found;
  for await (const page of ports.stacks.list(first))
    for (const stack of page) if (wanted.has(stack.stackId)) found.set(stack.stackId, stack);
  return found;
};

/** Whether the stack's status is about the operation that is waited for: it has the image, or the operation has failures. */
const isAboutUs = async (ports: EventNeeds, wait: Overdue, stack: StackFacts): Promise<boolean> => {
  const record = await getStackRecord(ports, {
    campaignId: wait.campaignId,
    ring: wait.context['ring'] as string,
    stackId: stack.stackId,
  });
  const wanted = wait.direction === 'restore' ? record.previous?.image : record.image;
  if (currentImage(stack, record)?.image === wanted) return true;
  return (await ports.stacks.rootCause(wait, stack.stackId, wait.key)) !== '';
};

const sweepUpdates = async (ports: EventNeeds, waits: readonly Overdue[]): Promise<ReadonlySet<Overdue>> => {
  const over = new Set<Overdue>();
  const stacks = await readTarget(ports, waits);
  for (const wait of waits) {
    const stack = stacks.get(wait.stackId ?? '');
    if (!stack || isBusy(stack.status)) continue;
    const settle = async () =>
      (await isAboutUs(ports, wait, stack)) && (await settleUpdate(ports, wait, stack.status, stack.statusReason));
    if (await ports.acting(wait.campaignId, settle)) over.add(wait);
  }
  return over;
};

/** True where the wait is over, or will be by what was set going; where a window or calendar is closed still, until when. */
const sweepOne = async (ports: SweepNeeds, wait: Overdue): Promise<boolean | Closed> => {
  switch (wait.kind) {
    case 'verify':
    case 'refresh':
      return settleGroup(ports, wait, null);
    case 'gates':
      return sweepGates(ports, wait.campaignId);
    case 'scan':
      return settleScan(ports, wait);
    case 'images':
      return settleImages(ports, wait);
    case 'hold':
      return (await sweepHold(ports, wait)) ?? false;
    case 'restore': {
      const campaign = await findCampaign(ports, wait.campaignId);
      return campaign !== undefined && finishRestoreWait(ports, campaign);
    }
    case 'approval': {
      if (await settleApproval(ports, wait.campaignId, wait.context['ring'] as string)) return true;
      const campaign = await findCampaign(ports, wait.campaignId);
      if (campaign?.phase === 'running') return false;
      await forgetWait(ports, wait);
      return true;
    }
    case 'window':
      return (await settleWindow(ports, wait)) ?? true;
    case 'turn':
      return (await settleTurn(ports, wait)) === null;
    case 'halt':
      return expireHalt(ports, wait.campaignId);
    case 'update':
      return false;
  }
};

/** Everything that went wrong in one sweep; the waits concerned are looked at again by the next ones. */
export class SweepIncomplete extends Error {
  override readonly name = 'SweepIncomplete';
}

/** How often the rule runs the sweep, and how often that looks at the executions of open campaigns. */
const sweepMinutes = 5;
const lookEveryHours = 4;

/** Treats an execution that is over as if its event had come. */
const lookAtExecution = async (
  ports: SweepNeeds,
  { campaignId, executionArn, restore }: Pick<Campaign, 'campaignId' | 'executionArn' | 'restore'>,
): Promise<void> => {
  const { campaignMachineArn, restoreMachineArn } = ports.surroundings();
  const last = restore?.executionArn ?? executionArn;
  const status = await ports.executions.status(last);
  // A recorded restore that does not exist was never started: whoever recorded it died in between.
  if (status === 'RUNNING' || (status === undefined && !restore)) return;
  const stateMachineArn = restore ? restoreMachineArn : campaignMachineArn;
  const name = restore ? `${campaignId}-r${restore.attempt}` : campaignId;
  await afterExecution(ports)({ executionArn: last, name, stateMachineArn, status: status ?? 'NOT STARTED' });
};

/**
 * Campaigns whose execution is over although they have no outcome: the event that should have told us was lost. What
 * fails for one campaign holds up no other.
 */
const sweepCampaigns = async (
  ports: SweepNeeds,
  attempt: (work: () => Promise<unknown>, otherwise: undefined) => Promise<unknown>,
): Promise<void> => {
  const now = ports.clock.now().getTime();
  for await (const campaign of unfinishedCampaigns(ports)) {
    // The event is lost so seldom that a look every few hours is enough; a fault-free campaign is over before the first.
    const age = now - Date.parse(campaign.startedAt);
    const turn = (milliseconds: number) => Math.floor(milliseconds / (lookEveryHours * 3_600_000));
    if (turn(age) === turn(age - sweepMinutes * 60_000)) continue;
    await attempt(() => lookAtExecution(ports, campaign), undefined);
  }
};

/** Waits for what AWS does, which ends at a time that nobody knows; people and queues may take days. */
const operations: ReadonlySet<Wait['kind']> = new Set(['update', 'verify', 'refresh', 'scan', 'images', 'gates']);

/** Up to so many overdue operations can be looked at in every sweep; one look takes a few calls and under a second. */
const mostLooks = 100;

/**
 * The backstop for lost events: looks at every wait that is overdue, and only at the targets that have one. What fails in
 * one target holds up no other.
 *
 * An operation that is not over is looked at again by the next sweep, so that its lost event is missed for five minutes
 * only, however long it takes: updates are read by pages, at most twenty calls for a target in which five a second are
 * allowed, and instances by two or three calls for each stack. Where many are overdue at once, and for everything else,
 * the time doubles from look to look.
 */
export const sweep = (ports: SweepNeeds) => async (): Promise<{ overdue: number; settled: number }> => {
  const now = ports.clock.now();
  const waits: Overdue[] = [];
  for await (const wait of overdueWaits(ports, now)) waits.push(wait);
  const failures: unknown[] = [];
  const attempt = async <T>(work: () => Promise<T>, otherwise: T): Promise<T> => {
    try {
      return await work();
    } catch (error) {
      failures.push(error);
      return otherwise;
    }
  };
  const updates = Map.groupBy(
    waits.filter(({ kind }) => kind === 'update'),
    targetName,
  );
  const few = waits.filter(({ kind }) => operations.has(kind)).length <= mostLooks;
  const postpone = (wait: Overdue) =>
    few && operations.has(wait.kind) ? postponeWait(ports, wait, now, sweepMinutes) : postponeWait(ports, wait, now);
  ports.metrics.put('stuckTokens', waits.filter(({ kind }) => operations.has(kind)).length, {});
  let settled = 0;
  for (const group of updates.values()) {
    const over = await attempt<ReadonlySet<Overdue>>(() => sweepUpdates(ports, group), new Set());
    settled += over.size;
    for (const wait of group) if (!over.has(wait)) await postpone(wait);
  }
  for (const wait of waits) {
    if (wait.kind === 'update') continue;
    const over = await attempt(() => ports.acting(wait.campaignId, () => sweepOne(ports, wait)), false);
    if (over === true) settled += 1;
    else if (over === false) await postpone(wait);
    else await postpone({ ...wait, context: { ...wait.context, deadline: over.until ?? '' } });
  }
  await attempt<unknown>(() => sweepCampaigns(ports, attempt<unknown>), undefined);
  const [first] = failures;
  if (first !== undefined)
    throw new SweepIncomplete(
      `${failures.length} of the sweep's looks failed; first: ${first instanceof Error ? first.message : 'unknown'}`,
      {
        cause: first,
      },
    );
  return { overdue: waits.length, settled };
};
