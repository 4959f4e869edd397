import { executionArn, mapRunArn } from './arns.ts';
import type { AslState } from './asl.ts';
import { Cancellation, Cancelled } from './cancellation.ts';
import { DataFlow } from './data-flow.ts';
import type { ExecutionDescription } from './engine-host.ts';
import type { Execution } from './execution.ts';
import type { MapItem } from './flow.ts';
import { dataOfMap, withItem } from './fork-states.ts';
import { mapItems, type MapItems } from './map-items.ts';
import { mapResults, type MapResults } from './map-results.ts';
import { Slots } from './slots.ts';
import type { Execute, StateGraph, Visit } from './state-graph.ts';
import { StatesError } from './states-error.ts';

/** A distributed Map: each item is an execution of its own, begun in item order at the service's pace. */
export function distributedMapState(name: string, state: AslState, processor: StateGraph): Execute {
  const data = new DataFlow(name, dataOfMap(state));
  const items = mapItems(name, state);
  const resultsOf = mapResults(name, state.ResultWriter);
  const exceeded = toleranceOf(state);
  const label = state.Label ?? name.replaceAll(/[^\w-]/g, '');

  return async (visit) => {
    const { input, context, flow } = visit;
    const { props, services } = flow.execution;
    const effective = await data.before(input, context);
    const found = await items(effective, context, services.host);
    const results = await resultsOf(effective, context, services.host);
    const runId = services.identifiers.uuid();
    const mapArn = `${props.stateMachineArn}/${label}`;
    const within = await runChildren({ ...visit, found, results, processor, mapArn, exceeded });
    const result = await results.finish(mapRunArn(mapArn, runId), runId);
    if (!within) {
      throw new StatesError(
        'States.ExceedToleratedFailureThreshold',
        'The specified tolerated failure threshold was exceeded',
      );
    }
    return { output: await data.after(input, result, context), next: state.Next };
  };
}

interface MapRun extends Pick<Visit, 'flow' | 'context'> {
  readonly found: MapItems;
  readonly results: MapResults;
  readonly processor: StateGraph;
  /** The ARN by which the children know their machine. */
  readonly mapArn: string;
  readonly exceeded: Exceeded;
}

/** Runs a child for each item; false if so many failed that the rest was stopped. */
async function runChildren(run: MapRun): Promise<boolean> {
  const { flow, found, results, exceeded } = run;
  const { values } = found;
  const cancellation = new Cancellation(flow.cancellation);
  const slots = new Slots(found.maxConcurrency);
  let failed = 0;
  let within = true;
  const ended = (index: number, child: ExecutionDescription) => {
    results.add(index, child);
    if (child.status === 'FAILED' || child.status === 'TIMED_OUT') failed += 1;
    if (within && exceeded(failed, values.length)) {
      within = false;
      cancellation.cancel();
    }
    slots.give();
  };
  try {
    for (const [index, value] of values.entries()) {
      await slots.free();
      const child = await startChild(run, { Index: index, Value: value }, cancellation);
      slots.take();
      void child.settled.then(() => ended(index, child.describe()));
    }
  } catch (error) {
    if (!(error instanceof Cancelled)) {
      cancellation.cancel();
      throw error;
    }
  }
  await slots.drained();
  cancellation.dispose();
  flow.cancellation.throwIfCancelled();
  return within;
}

/** Starts the child for one item when its turn has come. */
async function startChild(
  { flow, context, found, processor, mapArn }: MapRun,
  item: MapItem,
  cancellation: Cancellation,
): Promise<Execution> {
  cancellation.throwIfCancelled();
  const { services } = flow.execution;
  const delay = services.mapChildren.reserve();
  if (delay > 0) await cancellation.sleep(delay);
  const input = await found.select(item, withItem(context, item));
  cancellation.throwIfCancelled();
  const name = services.identifiers.uuid();
  return services.startChild({
    executionArn: executionArn(mapArn, name),
    stateMachineArn: mapArn,
    name,
    graph: processor,
    input,
    parent: { execution: flow.execution, cancellation },
  });
}

/** Whether so many failures of so many items are more than the Map tolerates. */
type Exceeded = (failed: number, total: number) => boolean;

function toleranceOf({ ToleratedFailurePercentage: percentage, ToleratedFailureCount: count }: AslState): Exceeded {
  if (percentage === undefined && count === undefined) return (failed) => failed > 0;
  return (failed, total) =>
    (percentage !== undefined && failed > (total * percentage) / 100) || (count !== undefined && failed > count);
}
