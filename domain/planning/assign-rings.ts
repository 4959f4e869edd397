import type { Ring } from '../configuration/ring.ts';
import type { Target } from '../target.ts';
import { longestFirst, type EarlierTimes } from './earlier-times.ts';
import type { Candidate } from './inventory.ts';

/** Gives each target a turn before any has a second one, and each account before any account's second region. */
export const interleave = <T extends Target>(stacks: readonly T[]): T[] => {
  const queues = roundRobin([...Map.groupBy(stacks, ({ account }) => account).values()].map(byRegion));
  return roundRobin(queues);
};

const byRegion = <T extends Target>(stacks: readonly T[]): T[][] => [
  ...Map.groupBy(stacks, ({ region }) => region).values(),
];

/** The first of each queue, then the second of each, and so on. */
const roundRobin = <T>(queues: readonly (readonly T[])[]): T[] => {
  const longest = queues.reduce((most, { length }) => Math.max(most, length), 0);
  const taken: T[] = [];
  for (let turn = 0; turn < longest; turn += 1) {
    for (const queue of queues) {
      const next = queue[turn];
      if (next !== undefined) taken.push(next);
    }
  }
  return taken;
};

/** A candidate with its ring and its position in the plan. */
export type Assigned = Candidate & { readonly ring: string; readonly order: number };

/**
 * Gives every candidate a ring: by its tag, else by share. Shares are rounded up and at least one, and taken over all
 * targets in turn, so that a canary ring shows more than one account. Positions count over all rings.
 *
 * @param times - Which ring a stack is in does not depend on them, only when its turn comes.
 */
export const assignRings = (
  candidates: readonly Candidate[],
  rings: readonly Ring[],
  times: EarlierTimes = new Map(),
): Assigned[] => {
  const byRing = new Map<string, Candidate[]>(rings.map(({ name }) => [name, []]));
  for (const candidate of candidates)
    if (candidate.wantedRing !== null) byRing.get(candidate.wantedRing)?.push(candidate);
  const untagged = interleave(candidates.filter(({ wantedRing }) => wantedRing === null));
  const total = untagged.length;
  let next = 0;
  for (const { name, sharePercent } of rings) {
    const share =
      sharePercent === null || sharePercent === 0 ? 0 : Math.max(1, Math.ceil((sharePercent / 100) * total));
    byRing.get(name)?.push(...untagged.slice(next, next + share));
    next = Math.min(total, next + share);
  }
  const rest = rings.find(({ sharePercent }) => sharePercent === null) ?? rings.at(-1);
  if (rest) byRing.get(rest.name)?.push(...untagged.slice(next));
  return rings
    .flatMap(({ name }) =>
      interleave(longestFirst(byRing.get(name) ?? [], times)).map((candidate) => ({ ...candidate, ring: name })),
    )
    .map((candidate, order) => ({ ...candidate, order }));
};
