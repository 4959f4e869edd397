import type { AslMachine } from '../engine/asl.ts';
import type { EngineStep } from '../engine/engine-step.ts';
import { catchPlace, inAnyRing, placesOf, statePlace, type Place } from './places.ts';

/** The machines of one run, with what its rings are called in their states. */
export interface RunMachines {
  readonly machines: readonly { readonly name: string; readonly definition: unknown }[];
  readonly ringTitles: readonly string[];
}

const allPlaces = (machines: RunMachines['machines']): readonly Place[] =>
  machines.flatMap(({ name, definition }) => placesOf(name, definition as AslMachine));

/** The machine of an execution; that of a map's child is the map's. */
const machineOf = (executionArn: string): string => executionArn.split(':')[6]?.split('/')[0] ?? '';

/**
 * Which states and which Catches have been visited, over any number of runs. The shipped configuration's machines count
 * state by state; whatever other configurations add (more rings, windows, gates before a ring) counts once for rings of
 * any name.
 */
export class StateCoverage {
  readonly #visited = new Set<Place>();
  readonly #visitedInAnyRing = new Set<Place>();
  /** Places of the shipped configuration's machines, each by its own name. */
  readonly #declared = new Set<Place>();
  /** What other configurations' machines have beside, with rings of every name as one. */
  readonly #elsewhere = new Set<Place>();
  readonly #known = new Set<Place>();
  #ringTitles: readonly string[] = [];

  /** Every place of these machines has to be visited under its own name. */
  constructor({ machines, ringTitles }: RunMachines) {
    for (const place of allPlaces(machines)) {
      this.#declared.add(place);
      this.#known.add(inAnyRing(place, ringTitles));
    }
  }

  /** A run begins: from now on steps are those of its machines. */
  begin({ machines, ringTitles }: RunMachines): void {
    this.#ringTitles = ringTitles;
    for (const place of allPlaces(machines)) {
      const named = inAnyRing(place, ringTitles);
      if (!this.#known.has(named)) this.#elsewhere.add(named);
    }
  }

  stepped(step: EngineStep): void {
    if (step.kind === 'state-entered') this.#visit(statePlace(machineOf(step.executionArn), step.state));
    if (step.kind === 'state-caught') this.#visit(catchPlace(machineOf(step.executionArn), step.state, step.next));
  }

  /** Places that no run has come to, sorted. */
  get missing(): readonly Place[] {
    return [
      ...[...this.#declared].filter((place) => !this.#visited.has(place)),
      ...[...this.#elsewhere].filter((place) => !this.#visitedInAnyRing.has(place)),
    ].sort();
  }

  /** How many places there are to visit. */
  get size(): number {
    return this.#declared.size + this.#elsewhere.size;
  }

  #visit(place: Place): void {
    if (this.#visited.has(place)) return;
    this.#visited.add(place);
    this.#visitedInAnyRing.add(inAnyRing(place, this.#ringTitles));
  }
}
