import type { Ring } from '../configuration/ring.ts';
import type { StackRecord } from '../records/stack-record.ts';
import type { SeenStack } from './seen-stacks.ts';
import type { RingView } from './campaign-view.ts';

/** What of a ring's configuration its duration depends on. */
export type RingSettings = Pick<Ring, 'name' | 'cap' | 'targetCap' | 'bakeMinutes' | 'approval'>;

/** When the work may be over, without the time that people take to approve. */
export interface Estimate {
  readonly endsAt: string;
  readonly remainingMinutes: number;
  /** What it rests on, in words. */
  readonly basis: string;
}

/** Taken for a stack's update where the campaign itself has shown none yet. */
const assumedMinutes = 10;

const median = (numbers: readonly number[]): number | undefined =>
  [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)];

const minutesBetween = (from: string, to: string): number => (Date.parse(to) - Date.parse(from)) / 60_000;

const open = new Set<StackRecord['status']>(['pending', 'holding', 'updating', 'verifying']);

/** Rounds of updates that a ring still needs: by its own cap, and by that of its most crowded target. */
const roundsOf = (own: readonly SeenStack[], { cap, targetCap }: RingSettings): number => {
  const left = own.filter(({ status }) => open.has(status));
  const targets = Map.groupBy(left, ({ account, region }) => `${account}/${region}`);
  const crowded = Math.max(0, ...[...targets.values()].map(({ length }) => length));
  return Math.max(Math.ceil(left.length / cap), Math.ceil(crowded / targetCap));
};

/** Estimates the end from the updates that are done, the caps of the rings and the bakes that are still to come. */
export const estimateEnd = (of: {
  readonly rings: readonly RingView[];
  readonly records: readonly SeenStack[];
  readonly settings: readonly RingSettings[];
  readonly now: Date;
}): Estimate => {
  const took = of.records.flatMap(({ status, claimedAt, endedAt }) =>
    status === 'done' && claimedAt !== null && endedAt !== null ? [minutesBetween(claimedAt, endedAt)] : [],
  );
  const typical = median(took);
  const perRound = typical ?? assumedMinutes;
  let minutes = 0;
  for (const settings of of.settings) {
    const view = of.rings.find(({ ring }) => ring === settings.name);
    if (!view || view.planned === 0 || view.state === 'finished') continue;
    const own = of.records.filter(({ ring }) => ring === settings.name);
    minutes += roundsOf(own, settings) * perRound;
    if (view.state === 'awaiting approval') continue;
    const last = own.reduce((latest, { endedAt }) => ((endedAt ?? '') > latest ? (endedAt ?? '') : latest), '');
    const baked = view.state === 'baking' && last !== '' ? minutesBetween(last, of.now.toISOString()) : 0;
    minutes += Math.max(0, settings.bakeMinutes - baked);
  }
  const remainingMinutes = Math.ceil(minutes);
  return {
    endsAt: new Date(of.now.getTime() + minutes * 60_000).toISOString(),
    remainingMinutes,
    basis:
      typical === undefined
        ? `no update is done yet, ${assumedMinutes} minutes are assumed for each; without the time of approvals`
        : `the median of ${took.length} finished updates is ${Math.round(typical)} minutes; without the time of approvals`,
  };
};
