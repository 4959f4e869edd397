import type { StackTask } from '../../contracts/shapes.ts';
import { RestoreDue } from '../errors.ts';
import type { Ports } from '../ports/index.ts';
import { ConditionFailed } from '../ports/table.ts';
import type { Campaign } from '../records/campaign.ts';
import type { StackRecord } from '../records/stack-record.ts';
import { changeCampaign, getCampaign } from '../store/campaigns.ts';
import { releaseLease } from '../store/leases.ts';
import { countFailure } from '../store/ring-state.ts';
import { changeStack, getStackRecord } from '../store/stack-records.ts';
import { judgeFailures, type Judged } from '../ring/breach.ts';
import { ringTotal } from '../ring/counts.ts';
import { tellBreach } from '../telling/ring-facts.ts';
import type { StackStatus } from '../words.ts';
import { failureReason, type Failure } from './failure-reason.ts';
import { holdGroups } from '../store/keys.ts';
import { freeSlotAndWakeNext, wakeGroup } from './wake.ts';

type Needs = Pick<
  Ports,
  'table' | 'clock' | 'configuration' | 'functions' | 'metrics' | 'notifications' | 'surroundings'
>;
type Task = StackTask & { readonly failure: Failure | null };

const ended = new Set<StackStatus>(['done', 'skipped', 'restored', 'quarantined']);

/** Where the stack stands after this execution, and why. */
const conclude = ({ direction, failure }: Task, record: StackRecord): { status: StackStatus; reason: string } => {
  if (failure === null) {
    if (direction === 'forward') return { status: 'done', reason: '' };
    const back = `restored to ${record.previous?.image ?? 'its previous image'}`;
    if (record.setAside) {
      const stuck = `${back}, but without its rollback triggers (${record.setAside.triggers.map(({ arn }) => arn).join(', ')}), which are still red: put them on again by hand`;
      return { status: 'quarantined', reason: record.reason === '' ? stuck : `${record.reason}; ${stuck}` };
    }
    return { status: 'restored', reason: record.reason === '' ? back : `${record.reason}; ${back}` };
  }
  const cause = failureReason(failure);
  if (direction === 'restore') {
    const stuck = `not put back: ${cause}`;
    return { status: 'quarantined', reason: record.reason === '' ? stuck : `${record.reason}; ${stuck}` };
  }
  // Nothing was written: the stack is as it was, and does not count against the budget.
  if (!record.touched) return { status: 'skipped', reason: cause };
  if (failure.Error !== 'States.Timeout') return { status: 'failed', reason: cause };
  const reason =
    record.status === 'verifying'
      ? 'the update completed, but not every InService instance was on the image in time'
      : 'the update did not end in time';
  return { status: 'failed', reason };
};

/** How long the ring's first failure took to be known. */
const measureDetection = ({ clock, metrics }: Needs, { family, drill }: Campaign, { operation }: StackRecord): void => {
  // What goes wrong in a drill is no failure of a campaign: it would raise the same alarm.
  if (!operation || drill) return;
  metrics.put('timeToDetect', (clock.now().getTime() - Date.parse(operation.startedAt)) / 1000, { family });
};

/**
 * Counts the failure. Says why the stack is to be put back at once; null where that is left to the campaign, as beyond
 * the budget, which stops new claims; and the breach, where it is this failure that has made it.
 */
const afterFailure = async (
  ports: Needs,
  record: StackRecord,
): Promise<{ readonly due: string | null; readonly broke: string | null }> => {
  const { campaignId, ring, stackId } = record;
  const failed = await countFailure(ports, campaignId, ring, stackId);
  const settings = ports.configuration().rings.find(({ name }) => name === ring);
  const judged = judgeFailures(settings, failed, await ringTotal(ports, campaignId, ring));
  const campaign = await getCampaign(ports, campaignId);
  if (failed.length === 1) measureDetection(ports, campaign, record);
  if (record.sharedWith.length > 0) {
    // Putting its SSM parameter back alone would take the image from the others that read it.
    const why = `${record.stackName} has failed and shares SSM parameter ${record.ssmParameter ?? ''} with ${record.sharedWith.join(', ')}: they go back together`;
    const first = campaign.breachedRing === null && (await breach(ports, record, why, judged));
    return { due: null, broke: first ? why : null };
  }
  if (judged.breach === null) {
    const goesOn = campaign.phase === 'running' && campaign.breachedRing === null;
    return { due: goesOn ? 'it has failed within the budget' : null, broke: null };
  }
  const first = campaign.breachedRing === null && (await breach(ports, record, judged.breach, judged));
  return { due: null, broke: first ? judged.breach : null };
};

/** Stops all further claims. Many stacks may fail at the same moment: the first one to say so is enough; true for that one. */
const breach = async (
  ports: Needs,
  { campaignId, ring, stackId }: StackRecord,
  why: string,
  { failures, budget }: Judged,
): Promise<boolean> => {
  try {
    await changeCampaign(
      ports,
      campaignId,
      { breachedRing: ring },
      { who: 'Record Stack', what: 'failure budget breached', why, evidence: { stackId, failures, budget } },
      { equals: { breachedRing: null } },
    );
    return true;
  } catch (error) {
    if (!(error instanceof ConditionFailed)) throw error;
    return false;
  }
};

const close = (ports: Needs, before: StackRecord, { status, reason }: { status: StackStatus; reason: string }) =>
  changeStack(
    ports,
    before,
    { status, reason, endedAt: ports.clock.now().toISOString() },
    { who: 'Record Stack', what: status, why: reason === '' ? 'every InService instance runs the image' : reason },
  );

/** Failures that say that nothing more may or can be written: another try would meet the same. */
const lasting: ReadonlySet<string> = new Set(['ForeignChange', 'Fenced', 'ContractViolation']);

/** Tries left to the rollback triggers, beside those of the restore: an alarm takes its time to be green again. */
const reinstateTries = 12;

/** Why the restore of the stack has to be begun again; null where it has not, or may not any more. */
const whyAgain = ({ configuration }: Needs, { failure }: Task, record: StackRecord): string | null => {
  const tries = record.restoreTries ?? 0;
  const most = configuration().stacks.restoreAttempts - 1;
  if (failure !== null) return tries < most && !lasting.has(failure.Error) ? failureReason(failure) : null;
  return record.setAside && tries < most + reinstateTries ? 'its rollback triggers are still set aside' : null;
};

/** Begins the stack's restore again, as an operation of its own. */
const tryAgain = (ports: Needs, before: StackRecord, why: string) =>
  changeStack(
    ports,
    before,
    {
      restoreTries: (before.restoreTries ?? 0) + 1,
      operation: before.operation && { ...before.operation, over: true },
    },
    { who: 'Record Stack', what: 'restore again', why },
  );

/** The use case behind Record Stack. Throws `RestoreDue` once everything is written and freed. */
export const record =
  (ports: Needs) =>
  async (task: Task): Promise<Record<string, never>> => {
    const { campaignId, stack, direction } = task;
    const before = await getStackRecord(ports, { ...stack, campaignId });
    const isRepeat = ended.has(before.status) && !(direction === 'restore' && before.status === 'done');
    // A claim that did not let the stack back has moved nothing: success says nothing about the stack then.
    const isLeftAlone = direction === 'restore' && task.failure === null && before.status !== 'restoring';
    const hasFailed = direction === 'forward' && before.status === 'failed';
    const conclusion = isRepeat || isLeftAlone || hasFailed ? null : conclude(task, before);
    // Before the slot is free: a stack that waits for it must find the breach.
    const again = direction === 'restore' && conclusion ? whyAgain(ports, task, before) : null;
    const failed = hasFailed || conclusion?.status === 'failed';
    const { due, broke } = failed ? await afterFailure(ports, before) : { due: again, broke: null };
    // Whoever waits for the ring's window, or for the end of a halt, would hold up the restore until then.
    if (failed && due === null)
      for (const group of [holdGroups.closed(campaignId, stack.ring), holdGroups.halted(campaignId)])
        await wakeGroup(ports, group);
    try {
      if (again !== null) await tryAgain(ports, before, again);
      else if (conclusion) await close(ports, before, conclusion);
    } finally {
      // Whatever fails above holds up no other stack.
      const cap = ports.configuration().rings.find(({ name }) => name === stack.ring)?.targetCap ?? 1;
      // Between two tries of its restore the stack stays ours.
      if (again === null) await releaseLease(ports, campaignId, stack.stackId);
      await freeSlotAndWakeNext(ports, { campaignId, target: stack, direction, stackId: stack.stackId }, cap);
    }
    // Last: operators who are told late are better off than stacks that wait. Close Ring tells what a crash here leaves untold.
    if (broke !== null) {
      const campaign = await getCampaign(ports, campaignId);
      await tellBreach(ports, campaign, { ring: stack.ring, reason: broke, underWay: true });
    }
    if (due !== null) throw new RestoreDue(`${before.stackName} is to be put back: ${due}`);
    return {};
  };
