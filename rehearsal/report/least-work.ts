import { replacesInstances } from '../aws/state/sim-stack.ts';
import type { Configuration } from '../../domain/configuration.ts';
import type { StackRecord } from '../../domain/records/stack-record.ts';
import { targetName } from '../../domain/target.ts';
import { autoScaling } from '../aws/model.ts';
import type { FleetStack } from '../scenario/generate-fleet.ts';

type Refresh = Configuration['stacks']['refresh'];

/**
 * What an instance refresh takes at least: the instances come one after the other, evenly over the time of the stack's update,
 * the last one half a turn before the end and then its warm-up; and it rests at each checkpoint that is reached before.
 */
export const refreshSeconds = (
  { updateMinutes, instances }: Pick<FleetStack, 'updateMinutes' | 'instances'>,
  { checkpointPercents, checkpointDelayMinutes }: Pick<Refresh, 'checkpointPercents' | 'checkpointDelayMinutes'>,
): number => {
  if (instances === 0) return 0;
  const turn = (updateMinutes * 60) / instances;
  const warmup = Math.min(turn * autoScaling.warmupShare, autoScaling.warmup / 1000);
  const share = (nth: number) => (100 * nth) / instances;
  const rests = Array.from({ length: instances - 1 }, (_, index) => index + 1).filter((nth) =>
    checkpointPercents.some((percent) => percent > share(nth - 1) && percent <= share(nth)),
  ).length;
  return turn * (instances - 0.5) + warmup + rests * checkpointDelayMinutes * 60;
};

/** Seconds that a stack is in work at least: its update and, where that replaces no instances, the refresh that does. */
export const workSeconds = (stack: FleetStack, refresh: Refresh): number =>
  stack.updateMinutes * 60 + (replacesInstances(stack.replacement) ? 0 : refreshSeconds(stack, refresh));

/** The same for each stack of a campaign. A stack that did not get through may have ended before its refresh. */
export const leastWork = (stacks: readonly FleetStack[], refresh: Refresh): ((record: StackRecord) => number) => {
  const known = new Map(stacks.map((stack) => [`${targetName(stack)}/${stack.name}`, stack]));
  return (record) => {
    const stack = known.get(`${targetName(record)}/${record.stackName}`);
    if (stack === undefined) return 0;
    return record.status === 'done' ? workSeconds(stack, refresh) : stack.updateMinutes * 60;
  };
};
