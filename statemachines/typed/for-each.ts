import { DistributedMap, JsonPath, StateMachineType, type IChainable } from 'aws-cdk-lib/aws-stepfunctions';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import { STEPFUNCTIONS_USE_DISTRIBUTED_MAP_RESULT_WRITER_V2 } from 'aws-cdk-lib/cx-api';
import { Construct } from 'constructs';
import type * as z from 'zod/mini';
import { mapItem } from './context.ts';
import { fieldName } from './field-name.ts';
import { MapResultWriter } from './map-result-writer.ts';
import { PlanItemReader, type ItemSource } from './plan-item-reader.ts';
import { isRef, pathOf, ref, type Expr, type Ref, type Resolved } from './references.ts';
import { renderFields } from './render.ts';
import { Step } from './step.ts';
import type { Workflow } from './workflow.ts';

/** Where a map's items come from, where its results go, and how many children run at once. */
export interface ForEachOptions {
  readonly maxConcurrency: number;
  /** The only bucket the items may be read from: the machine's role gets its rights here. */
  readonly itemsBucket: IBucket;
  readonly resultBucket: IBucket;
  readonly resultPrefix: Expr<string>;
  /** Part of the children's ARNs, at most 40 characters. @default the field name of the id */
  readonly label?: string;
  readonly comment?: string;
}

/**
 * Runs `body` once for each item of a JSON array in S3, each in a child execution of its own. The child sees exactly
 * what `select` selected: neither the item nor the parent's data are there otherwise, `executionName` included.
 *
 * The map succeeds however many children fail (tolerated: 100 %); its result is dropped. Whether the items went well is
 * for a later task to read from the table.
 */
export const forEach = <I extends z.ZodMiniType, const S extends object>(
  workflow: Workflow,
  id: string,
  items: ItemSource,
  _itemSchema: I,
  select: (item: Ref<z.output<I>>) => S,
  body: (child: Workflow, input: Ref<Resolved<S>>) => IChainable,
  options: ForEachOptions,
): Step<never, DistributedMap> => {
  const scope = mapScope(workflow, id);
  const state = new DistributedMap(scope, id, {
    maxConcurrency: options.maxConcurrency,
    mapExecutionType: StateMachineType.STANDARD,
    itemReader: new PlanItemReader(items, options.itemsBucket),
    ...itemSelector(id, select(mapItem())),
    resultWriterV2: new MapResultWriter(options.resultBucket, options.resultPrefix),
    resultPath: JsonPath.DISCARD,
    toleratedFailurePercentage: 100,
    label: options.label ?? fieldName(id).slice(0, 40),
    ...(options.comment === undefined ? {} : { comment: options.comment }),
  });
  const child: Workflow = { scope, functionFor: (contract) => workflow.functionFor(contract) };
  state.itemProcessor(body(child, ref<Resolved<S>>('$')));
  return new Step(state);
};

/**
 * The CDK drops a `ResultWriterV2` without a word unless the app sets a feature flag. An app without it (a test, the
 * rehearsal) would get another machine, so the flag is set for the map's own scope.
 */
const mapScope = (workflow: Workflow, id: string): Construct => {
  const scope = new Construct(workflow.scope, `${id} Map`);
  scope.node.setContext(STEPFUNCTIONS_USE_DISTRIBUTED_MAP_RESULT_WRITER_V2, true);
  return scope;
};

/** Without an ItemSelector the child's input is the item itself. */
const itemSelector = (id: string, selected: object) => {
  if (!isRef(selected)) return { itemSelector: renderFields(selected) };
  if (pathOf(selected) === pathOf(mapItem())) return {};
  throw new Error(`${id} selects one reference that is not the item; select it as a field.`);
};
