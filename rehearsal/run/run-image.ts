import type { MemoryItems } from '../../adapters/table/memory-items.ts';
import type { WorldImage } from '../aws/world-image.ts';
import type { ExecutionDescription } from '../engine/engine-host.ts';
import type { GivenIdentifiers } from '../engine/identifiers.ts';

/** What a run leaves to one that goes on in its place: plain data, besides the table's items. */
export interface RunImage {
  /** Virtual time, in epoch milliseconds. */
  readonly at: number;
  readonly items: ReturnType<MemoryItems['all']>;
  readonly world: WorldImage;
  readonly given: GivenIdentifiers;
  /** The executions that were under way, of campaigns and restores. */
  readonly running: readonly ExecutionDescription[];
}
