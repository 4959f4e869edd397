import { type AslMachine, type AslState, partsOf } from './asl.ts';
import { successPath, waysOf } from './success-path.ts';

/** States of the successful way that belong together: up to the first ring, a ring with what follows it. */
export interface Section {
  readonly title: string;
  /** What does something, waits or ends. */
  readonly steps: readonly string[];
  /** The choices among the steps, too: where the way can turn off. */
  readonly states: readonly string[];
}

/** Steps that the successful way does not have, from where it is left to an end. */
export interface WayOut {
  /** Titles of the sections that lead there. */
  readonly from: readonly string[];
  readonly steps: readonly string[];
}

/** A machine as people look at it. */
export interface Sections {
  readonly sections: readonly Section[];
  /** What is done for each stack of a ring: the steps by the names that all rings share. */
  readonly perStack: readonly string[];
  readonly waysOut: readonly WayOut[];
}

/** Whether a state does something, waits or ends; what only decides, or notes something, does not. */
export const isStep = ({ Type }: AslState): boolean => Type !== 'Choice' && Type !== 'Pass';

/** `Claim Stack (Canary)` → `Claim Stack`: the name that all rings share. */
export const sharedName = (name: string): string => name.replace(/ \([^()]*\)$/, '');

const nothing: AslState = { Type: 'Pass' };

const sectionsOf = (machine: AslMachine, path: readonly string[]): readonly Section[] => {
  const groups: string[][] = [[]];
  for (const name of path) {
    if (machine.States[name]?.Type === 'Map') groups.push([]);
    groups.at(-1)?.push(name);
  }
  return groups.map((states, index) => ({
    title: index === 0 ? 'Before a stack is touched' : (states[0] ?? ''),
    steps: states.filter((name) => isStep(machine.States[name] ?? nothing)),
    states,
  }));
};

/** Where a way leads in the end: what only notes something, or decides, is passed over. */
export const stepsFrom = (machine: AslMachine, name: string, seen = new Set<string>()): readonly string[] => {
  const state = machine.States[name];
  if (state === undefined || seen.has(name)) return [];
  seen.add(name);
  return isStep(state) ? [name] : waysOf(state).flatMap(({ to }) => stepsFrom(machine, to, seen));
};

/** What a section leads to when something in it fails: steps that are not on the successful way. */
export const failuresOf = (
  machine: AslMachine,
  path: readonly string[],
  { states }: Pick<Section, 'states'>,
): readonly string[] => [
  ...new Set(
    states
      .flatMap((name) => {
        const state = machine.States[name] ?? nothing;
        return [...waysOf(state).map(({ to }) => to), ...(state.Catch ?? []).map(({ Next }) => Next)];
      })
      .filter((to) => !path.includes(to))
      .flatMap((to) => stepsFrom(machine, to))
      .filter((to) => !path.includes(to)),
  ),
];

/** The map's body, as the first ring has it; they all have the same. */
export const bodyOf = (machine: AslMachine, sections: readonly Section[]): AslMachine | undefined =>
  sections
    .flatMap(({ states }) => states.filter((name) => machine.States[name]?.Type === 'Map'))
    .flatMap((name) => partsOf(machine.States[name] ?? nothing))[0];

/** Divides a machine into what a reader wants to see together. */
export const divide = (machine: AslMachine): Sections => {
  const path = successPath(machine);
  const sections = sectionsOf(machine, path);
  const body = bodyOf(machine, sections);
  const sources = new Map<string, string[]>();
  for (const section of sections)
    for (const to of failuresOf(machine, path, section)) sources.set(to, [...(sources.get(to) ?? []), section.title]);
  const follow = (name: string, found: Set<string>): ReadonlySet<string> => {
    if (path.includes(name) || found.has(name)) return found;
    found.add(name);
    for (const { to } of waysOf(machine.States[name] ?? nothing))
      for (const next of stepsFrom(machine, to)) follow(next, found);
    return found;
  };
  return {
    sections,
    perStack:
      body === undefined
        ? []
        : successPath(body)
            .filter((name) => isStep(body.States[name] ?? nothing))
            .map(sharedName),
    waysOut: [...sources].map(([start, from]) => ({ from, steps: [...follow(start, new Set())] })),
  };
};
