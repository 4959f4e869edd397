import { targetName, type Target } from '../target.ts';

/**
 * How many stacks of its target may be in work when this one begins: the ring's cap divided among the targets that still have
 * stacks to begin, rounded up, and one more; so a target of slow stacks cannot fill the ring while others wait.
 *
 * A ring is begun in turns of one stack for each target. Targets with fewer stacks than this turn are through by then, so the
 * plan alone says how many are left: no claim has to ask for it, and where one target has most of the stacks, its last ones
 * have the ring to themselves.
 *
 * @param stacks - All stacks of the ring, in the order of the plan.
 */
export const fairShares = (
  stacks: readonly (Target & { readonly stackId: string })[],
  ringCap: number,
): ReadonlyMap<string, number> => {
  const turnOf = new Map<string, number>();
  const begun = new Map<string, number>();
  /** How many targets have a first stack, a second one, … */
  const targetsIn: number[] = [];
  for (const stack of stacks) {
    const name = targetName(stack);
    const turn = begun.get(name) ?? 0;
    begun.set(name, turn + 1);
    turnOf.set(stack.stackId, turn);
    targetsIn[turn] = (targetsIn[turn] ?? 0) + 1;
  }
  return new Map([...turnOf].map(([stackId, turn]) => [stackId, Math.ceil(ringCap / (targetsIn[turn] ?? 1)) + 1]));
};
