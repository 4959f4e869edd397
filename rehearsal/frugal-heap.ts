import { setFlagsFromString } from 'node:v8';
import type { Scenario } from './scenario/scenario-schema.ts';

/** From here on the heap is worth it; smaller fleets end before it has grown. */
const largeFleet = 2_000;
/** Percent by which the heap may grow over what lived at the last full collection. V8's own choice is two to four times. */
const growthPercent = 40;

const grow = (percent: number): void => setFlagsFromString(`--heap-growing-percent=${percent}`);

/**
 * Has V8 collect a large fleet's heap earlier; what is given puts V8's own choice back. A stack in work lives too long for the
 * young generation and not long enough to be worth keeping: ten thousand of them leave more behind than they keep. The flag is
 * read at each collection, and unlike a limit it ends no run for lack of memory.
 */
export const frugalHeap = ({ stacks }: Scenario['fleet']): (() => void) => {
  if ((typeof stacks === 'number' ? stacks : stacks.length) < largeFleet) return () => undefined;
  grow(growthPercent);
  return () => grow(0);
};
