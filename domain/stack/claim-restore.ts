import type { Campaign } from '../records/campaign.ts';
import type { StackRecord } from '../records/stack-record.ts';
import { holdGroups } from '../store/keys.ts';
import { takeLease } from '../store/leases.ts';
import { pace } from '../store/pace.ts';
import type { Claim, ClaimNeeds } from './claim.ts';
import { fencedBecause } from './fence.ts';
import { describeCounts } from './instances.ts';
import { readCurrentImage } from './current-image.ts';
import { isBusy, isUpdatable, whyNotUpdatable } from './stack-state.ts';
import { updateLimitMinutes } from './update-limit.ts';

const quarantine = (reason: string): Claim => ({ answer: 'skip', reason, changes: { status: 'quarantined', reason } });

/** Adds to the reason of a failed stack what became of its restore; the cause stays readable. */
const withCause = (record: StackRecord, what: string): string =>
  record.reason === '' ? what : `${record.reason}; ${what}`;

const dayMinutes = 24 * 60;

/**
 * Longest wait for the operation that the stack is in. Our own, which was not over in time, is waited for as long as the
 * tries that are left would take: its rollback lasts about as long as it did, and whoever gave it up could only wait, too.
 * A stack that had come to its end is in somebody else's operation.
 */
const operationLimitMinutes = (ports: Pick<ClaimNeeds, 'configuration'>, record: StackRecord): number => {
  const limit = updateLimitMinutes(ports, record);
  if (record.operation === null || record.status === 'done') return limit;
  const left = ports.configuration().stacks.restoreAttempts - (record.restoreTries ?? 0);
  return Math.max(limit, Math.min(limit * left, dayMinutes));
};

/**
 * Decides whether the stack may be put back: only if it has our image or its own previous one. Anything else is somebody
 * else's doing and is left alone.
 */
export const claimRestore = async (ports: ClaimNeeds, campaign: Campaign, record: StackRecord): Promise<Claim> => {
  const fenced = fencedBecause(campaign, 'restore', record);
  if (fenced !== null) return { answer: 'skip', reason: fenced, changes: null };
  const { previous } = record;
  if (!record.touched || !previous) return { answer: 'skip', reason: 'never touched', changes: null };

  const wait = (what: string, limit = updateLimitMinutes(ports, record)): Claim => {
    const since = record.busySince === null ? 0 : ports.clock.now().getTime() - Date.parse(record.busySince);
    return since >= limit * 60_000
      ? quarantine(withCause(record, `not put back: ${what} for more than ${limit} minutes`))
      : { answer: 'hold', reason: record.reason, group: holdGroups.busy(record.stackId), busy: true };
  };
  const lease = await takeLease(ports, campaign.campaignId, record.stackId);
  if (lease === null) return wait('another campaign works on the stack');
  await pace(ports, record, 'claim');
  const stack = await ports.stacks.find(record, record.stackId);
  if (!stack) return quarantine(withCause(record, 'not put back: the stack was deleted'));
  if (isBusy(stack.status)) return wait(`the stack is in ${stack.status}`, operationLimitMinutes(ports, record));
  // A stack whose launches read the SSM parameter goes back without an update.
  const goesBack = record.readBy === 'launch' || ['UPDATE_ROLLBACK_FAILED', 'UPDATE_FAILED'].includes(stack.status);
  if (!goesBack && !isUpdatable(stack.status))
    return quarantine(withCause(record, `not put back: ${whyNotUpdatable(stack.status)}`));

  const now = await readCurrentImage(ports, stack, record);
  if (previous.image === record.image)
    return quarantine(
      withCause(
        record,
        `not put back: its parameter had the image before the campaign, and the instances that ran ${describeCounts(previous.running)} were replaced`,
      ),
    );
  const ours = [record.image, previous.image];
  if (!now || !ours.includes(now.image))
    return quarantine(
      withCause(record, `not put back: somebody else has moved the stack to ${now?.image ?? 'another template'} since`),
    );
  // Triggers that an earlier try has set aside are put on again by an update, which is watched as long as they say.
  const monitoringMinutes = Math.max(stack.rollback.monitoringMinutes, record.setAside?.monitoringMinutes ?? 0);
  return { answer: 'go', reason: 'claimed', changes: { status: 'restoring', lease, monitoringMinutes } };
};
