import type { AslMachine } from '../engine/asl.ts';

/** A state of a machine, or one of the ways that its Catch leads: `campaign: Plan Rings → Report (Rejected)`. */
export type Place = string;

const product = /^ami-rollout-/;

/** A machine's name without the product's. */
const shortName = (machine: string): string => machine.replace(product, '');

/** How a state is named here. */
export const statePlace = (machine: string, state: string): Place => `${shortName(machine)}: ${state}`;

/** How a Catch is named here: by its state and the state that it leads to. */
export const catchPlace = (machine: string, state: string, next: string): Place =>
  `${statePlace(machine, state)} → ${next}`;

/** Every state and every Catch of a definition, those inside maps and branches too. */
export const placesOf = (machine: string, { States }: AslMachine): readonly Place[] =>
  Object.entries(States).flatMap(([name, { Catch = [], Branches = [], ItemProcessor }]) => [
    statePlace(machine, name),
    ...Catch.map(({ Next }) => catchPlace(machine, name, Next)),
    ...Branches.flatMap((branch) => placesOf(machine, branch)),
    ...(ItemProcessor === undefined ? [] : placesOf(machine, ItemProcessor)),
  ]);

/** The place with the ring left out: rings of every name are made of the same states. */
export const inAnyRing = (place: Place, ringTitles: readonly string[]): Place =>
  ringTitles.reduce(
    (named, title) =>
      named
        .replaceAll(`(${title})`, '(…)')
        .replaceAll(`(before ${title})`, '(before …)')
        .replaceAll(`(${title}, Restore)`, '(…, Restore)')
        .replaceAll(`${title} Ring`, '… Ring')
        .replaceAll(`${title} Window`, '… Window'),
    place,
  );
