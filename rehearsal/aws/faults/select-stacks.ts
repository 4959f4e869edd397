import type { Fault, PlannedRing, PlannedStack } from './fault.ts';

const planOrder = (a: PlannedStack, b: PlannedStack): number =>
  compare(a.account, b.account) || compare(a.region, b.region) || compare(a.name, b.name);

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/**
 * The planned stacks a fault strikes: the one it names, or `times` from the nth on, of its ring or of all, counted in
 * plan order (account, region, name).
 *
 * @throws unless it `mayMiss`, when the fault names a ring or stack that is not in the plan, or counts past its end: it would strike nothing
 */
export const selectStacks = (fault: Fault, rings: readonly PlannedRing[], mayMiss = false): PlannedStack[] => {
  const what = `Fault ${fault.kind}`;
  if (!mayMiss && fault.ring !== undefined && !rings.some(({ name }) => name === fault.ring)) {
    throw new Error(`${what}: the plan has no ring ${fault.ring}, only ${rings.map(({ name }) => name).join(', ')}.`);
  }
  const candidates = rings
    .filter(({ name }) => fault.ring === undefined || name === fault.ring)
    .flatMap(({ stacks }) => stacks)
    .sort(planOrder);
  const last = fault.nth - 1 + fault.times;
  if (
    !mayMiss &&
    fault.stack === undefined &&
    candidates.length > 0 &&
    fault.nth <= candidates.length &&
    last > candidates.length
  )
    throw new Error(
      `${what}: nth ${fault.nth} and times ${fault.times} go past the ${candidates.length} stacks of ring ${fault.ring ?? '(all)'}: at most times ${candidates.length - fault.nth + 1}.`,
    );
  const struck =
    fault.stack === undefined
      ? candidates.slice(fault.nth - 1, fault.nth - 1 + fault.times)
      : candidates.filter(({ name }) => name === fault.stack);
  if (mayMiss || struck.length > 0) return struck;
  const wanted = fault.stack ?? `number ${fault.nth}`;
  throw new Error(`${what}: no stack ${wanted} among the ${candidates.length} of ring ${fault.ring ?? '(all)'}.`);
};
