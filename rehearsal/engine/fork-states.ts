import type { AslState } from './asl.ts';
import { Cancellation } from './cancellation.ts';
import { DataFlow } from './data-flow.ts';
import type { StateContext } from './evaluator.ts';
import type { Flow, MapItem } from './flow.ts';
import { ITERATION_EVENTS } from './history-events.ts';
import { mapItems, type ItemsOf } from './map-items.ts';
import { runStates } from './run-states.ts';
import type { Execute, StateGraph } from './state-graph.ts';

/** How many iterations of an inline Map run at once where MaxConcurrency allows more. */
const INLINE_CONCURRENCY = 40;

/** A Parallel state; the first branch that fails stops the others. */
export function parallelState(name: string, state: AslState, branches: readonly StateGraph[]): Execute {
  const data = new DataFlow(name, state);
  return async ({ input, context, flow }) => {
    const effective = await data.before(input, context);
    const result = await forkAndJoin(flow, branches, branches.length, (branch, _index, cancellation) =>
      runStates(branch, effective, flow.fork(cancellation)),
    );
    return { output: await data.after(input, result, context), next: state.Next };
  };
}

/** A Map state whose iterations are part of the execution; the first that fails stops the others. */
export function inlineMapState(name: string, state: AslState, iterator: StateGraph): Execute {
  const data = new DataFlow(name, dataOfMap(state));
  const items: ItemsOf = mapItems(name, state);
  return async ({ input, context, flow }) => {
    const effective = await data.before(input, context);
    const { values, maxConcurrency, select } = await items(effective, context, flow.execution.services.host);
    const limit = Math.min(maxConcurrency, INLINE_CONCURRENCY);
    const result = await forkAndJoin(flow, values, limit, async (value, index, cancellation) => {
      flow.execution.statistics.addEvents(ITERATION_EVENTS);
      const item: MapItem = { Index: index, Value: value };
      return runStates(iterator, await select(item, withItem(context, item)), flow.fork(cancellation, item));
    });
    return { output: await data.after(input, result, context), next: state.Next };
  };
}

/** A Map's own data fields; its Parameters are the old name of ItemSelector. */
export const dataOfMap = ({ Parameters: _selector, ...state }: AslState): AslState => state;

/** The Context Object in which an ItemSelector is resolved. */
export const withItem = (context: StateContext, item: MapItem): StateContext => ({ ...context, Map: { Item: item } });

/** Runs `work` over `inputs`, at most `limit` at once, begun in order; the first failure stops the rest. */
async function forkAndJoin<T>(
  flow: Flow,
  inputs: readonly T[],
  limit: number,
  work: (input: T, index: number, cancellation: Cancellation) => Promise<unknown>,
): Promise<unknown[]> {
  const cancellation = new Cancellation(flow.cancellation);
  const results: unknown[] = [];
  const queue = inputs.entries();
  const worker = async () => {
    for (const [index, input] of queue) {
      results[index] = await work(input, index, cancellation);
      cancellation.throwIfCancelled();
    }
  };
  try {
    await Promise.all(Array.from({ length: Math.min(limit, inputs.length) }, worker));
    return results;
  } finally {
    cancellation.cancel();
  }
}
