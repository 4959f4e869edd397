import { settleScan } from '../gating/inspector-scan.ts';
import type { StackFacts } from '../ports/stacks.ts';
import type { Wait } from '../records.ts';
import { finishRestoreWait } from '../restore/finish-wait.ts';
import { settleApproval } from '../ring/settle-approval.ts';
import { settleUpdate } from '../stack/settle-update.ts';
import { currentImage, isBusy } from '../stack/stack-state.ts';
import { wake } from '../stack/wake.ts';
import { findCampaign } from '../store/campaigns.ts';
import { getStackRecord } from '../store/stack-records.ts';
import { forgetWait, overdueWaits, postponeWait } from '../store/waits.ts';
import { targetName } from '../target.ts';
import type { EventNeeds } from './settle-event.ts';
import { settleGroup } from './settle-group.ts';

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
    if (!stack || isBusy(stack.status) || !(await isAboutUs(ports, wait, stack))) continue;
    if (await settleUpdate(ports, wait, stack.status, stack.statusReason)) over.add(wait);
  }
  return over;
};

/** True where the wait is over, or will be by what was set going. */
const sweepOne = async (ports: EventNeeds, wait: Overdue): Promise<boolean> => {
  switch (wait.kind) {
    case 'verify':
    case 'refresh':
      return settleGroup(ports, wait, null);
    case 'scan':
      return settleScan(ports, wait);
    case 'hold':
      await wake(ports, wait);
      return false;
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
    case 'update':
      return false;
  }
};

/**
 * The backstop for lost events: looks at every wait that is overdue, and only at the targets that have one. A wait that
 * is not over is looked at again after twice the time.
 */
export const sweep = (ports: EventNeeds) => async (): Promise<{ overdue: number; settled: number }> => {
  const now = ports.clock.now();
  const waits: Overdue[] = [];
  for await (const wait of overdueWaits(ports, now)) waits.push(wait);
  const updates = Map.groupBy(
    waits.filter(({ kind }) => kind === 'update'),
    targetName,
  );
  let settled = 0;
  for (const group of updates.values()) {
    const over = await sweepUpdates(ports, group);
    settled += over.size;
    for (const wait of group) if (!over.has(wait)) await postponeWait(ports, wait, now);
  }
  for (const wait of waits) {
    if (wait.kind === 'update') continue;
    if (await sweepOne(ports, wait)) settled += 1;
    else await postponeWait(ports, wait, now);
  }
  return { overdue: waits.length, settled };
};
