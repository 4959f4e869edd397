import { rates } from '../aws/model.ts';
import type { Ring } from '../../domain/configuration/ring.ts';

/**
 * What the bound of one ring rests on: its stacks with the time that each is in work at least: its update and, where that
 * replaces no instances, the refresh that does.
 */
export interface RingWork {
  readonly ring: Ring;
  readonly stacks: readonly { readonly target: string; readonly workSeconds: number }[];
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, one) => total + one, 0);

/** Seconds that one target's calls take at the modelled rates, if nothing else happens: an update, two reads and a template. */
const callSeconds = (stacks: number): number =>
  Math.max(
    stacks / (rates['cloudformation.UpdateStack']?.perSecond ?? 1),
    stacks / (rates['cloudformation.DescribeStacks']?.perSecond ?? 1),
    stacks / (rates['cloudformation.GetTemplate']?.perSecond ?? 1),
  );

/** A ring cannot be faster than its longest work, its work over its caps, or its calls over the rates. */
const ringSeconds = ({ ring, stacks }: RingWork): number => {
  const byTarget = [...Map.groupBy(stacks, ({ target }) => target).values()];
  return Math.max(
    0,
    ...stacks.map(({ workSeconds }) => workSeconds),
    sum(stacks.map(({ workSeconds }) => workSeconds)) / ring.cap,
    ...byTarget.map((own) => sum(own.map(({ workSeconds }) => workSeconds)) / ring.targetCap),
    ...byTarget.map((own) => callSeconds(own.length)),
  );
};

/**
 * A lower bound for a fault-free campaign, from the scenario and the configuration alone: scan, bakes, approval delays,
 * and for each ring the largest of its bounds.
 */
export const criticalPathSeconds = (scanSeconds: number, rings: readonly RingWork[], approvalSeconds: number): number =>
  scanSeconds +
  sum(
    rings
      .filter(({ stacks }) => stacks.length > 0)
      .map(
        (work) =>
          ringSeconds(work) + work.ring.bakeMinutes * 60 + (work.ring.approval === 'required' ? approvalSeconds : 0),
      ),
  );
