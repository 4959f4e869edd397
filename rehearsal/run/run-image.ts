import type { MemoryItems } from '../../adapters/table/memory-items.ts';
import type { WorldImage } from '../aws/world-image.ts';
import type { ExecutionDescription } from '../engine/engine-host.ts';
import type { GivenIdentifiers } from '../engine/identifiers.ts';

/** How far a scenario's faults have come. */
export interface StruckFaults {
  /** The campaign whose stacks they strike; null: none has made a plan yet. */
  readonly campaignId: string | null;
  /** How many of the invocations each fault counts there have been, in the order of the scenario. */
  readonly invocations: readonly number[];
}

/** What a run leaves to one that goes on in its place: plain data, besides the table's items. */
export interface RunImage {
  /** Virtual time, in epoch milliseconds. */
  readonly at: number;
  readonly items: ReturnType<MemoryItems['all']>;
  readonly world: WorldImage;
  readonly given: GivenIdentifiers;
  /** The executions that were under way, of campaigns and restores. */
  readonly running: readonly ExecutionDescription[];
  /** Which of the scenario's faults have come: they come once, however often the world is begun again. */
  readonly faults: StruckFaults;
}
