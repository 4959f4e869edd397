import type { Ring } from '../configuration/ring.ts';
import type { Ports } from '../ports/index.ts';
import type { Campaign } from '../records/campaign.ts';
import type { StackRecord } from '../records/stack-record.ts';
import { haltedBy } from '../store/halts.ts';
import { ringFailures } from '../store/ring-state.ts';
import { stackRecords } from '../store/stack-records.ts';
import { minutesBetween } from '../telling/compose.ts';
import { minutesText } from '../telling/words.ts';
import type { ApprovalEvidence } from './evidence.ts';

/** Who approves where a ring approves itself; no person may have this id. */
export const autoPerson = 'auto';

/** One thing that must hold for a ring to approve itself. */
export interface AutoCondition {
  readonly name: string;
  readonly met: boolean;
  /** What was found. */
  readonly found: string;
}

/** What became of a ring that may approve itself; kept in the request. */
export interface AutoApproval {
  readonly approved: boolean;
  readonly conditions: readonly AutoCondition[];
}

const benign = (reason: string): boolean => reason === 'current' || reason.startsWith('held by');
const count = (many: number, noun: string): string => `${many} ${noun}${many === 1 ? '' : 's'}`;

const alarmsFound = ({ stacks, alarms, wentOff, silent }: ApprovalEvidence['bake']): string => {
  if (stacks === 0) return 'no stack of the ring names an alarm: nobody has watched';
  if (wentOff.length > 0) return `went off: ${wentOff.slice(0, 5).join(', ')}`;
  if (silent.length > 0) return `too little data: ${silent.slice(0, 5).join(', ')}`;
  return `${count(alarms, 'alarm')} watched, none went off`;
};

/** Minutes since the last stack of the ring ended. */
const bakedMinutes = (records: readonly StackRecord[], now: string): number => {
  const last = records
    .filter(({ claimedAt }) => claimedAt !== null)
    .map(({ endedAt }) => endedAt ?? now)
    .sort()
    .at(-1);
  return last === undefined ? 0 : minutesBetween(last, now);
};

/**
 * Judges whether a ring may go on without a person: only where everything stayed green, and something was there to see
 * it. What cannot be shown is not met.
 */
export const judgeAuto = async (
  ports: Pick<Ports, 'table' | 'clock'>,
  { campaignId }: Pick<Campaign, 'campaignId'>,
  { name, autoApproval: { minBakeMinutes } }: Pick<Ring, 'name' | 'autoApproval'>,
  { gates, ring, bake }: ApprovalEvidence,
): Promise<AutoApproval> => {
  const records = await Array.fromAsync(stackRecords(ports, campaignId, name));
  const failed = new Set([
    ...(await ringFailures(ports, campaignId, name)),
    ...records
      .filter(({ status }) => ['failed', 'restored', 'quarantined'].includes(status))
      .map(({ stackId }) => stackId),
  ]);
  const troubled = records.filter(({ status, reason }) => status === 'skipped' && !benign(reason));
  const recheck = gates.findLast((gate) => gate.gate === 'Recheck Gates' && gate.ring === name);
  const halted = await haltedBy(ports, campaignId);
  const baked = bakedMinutes(records, ports.clock.now().toISOString());
  const conditions: AutoCondition[] = [
    { name: 'a stack is done', met: ring.counts.done > 0, found: `${ring.counts.done} of ${ring.planned} done` },
    { name: 'no stack failed', met: failed.size === 0, found: `${failed.size} failed` },
    {
      name: 'no stack was skipped for trouble',
      met: troubled.length === 0,
      found:
        troubled.length === 0
          ? 'none'
          : `${troubled.length}, first ${troubled[0]?.stackName ?? ''}: ${troubled[0]?.reason ?? ''}`,
    },
    {
      name: `the bake took at least ${minutesText(minBakeMinutes)}`,
      met: baked >= minBakeMinutes,
      found: minutesText(baked),
    },
    {
      name: 'no alarm went off',
      met: bake.stacks > 0 && bake.wentOff.length + bake.silent.length === 0,
      found: alarmsFound(bake),
    },
    {
      name: 'the recheck passed',
      met: recheck?.passed === true,
      found: recheck === undefined ? 'no recheck is on record' : recheck.passed ? 'passed' : recheck.reasons.join(' '),
    },
    { name: 'nothing is halted', met: halted === null, found: halted ?? 'not halted' },
  ];
  return { approved: conditions.every(({ met }) => met), conditions };
};

/** Which conditions are not met, with what was found: `"no stack failed" is not met (1 failed)`. */
export const unmetText = ({ conditions }: AutoApproval): string =>
  conditions
    .filter(({ met }) => !met)
    .map(({ name, found }) => `"${name}" is not met (${found})`)
    .join('; ');
