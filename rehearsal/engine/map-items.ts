import type { AslItemReader, AslState } from './asl.ts';
import { Template } from './data-flow.ts';
import type { EngineHost } from './engine-host.ts';
import type { StateContext } from './evaluator.ts';
import type { MapItem } from './flow.ts';
import { StatesError } from './states-error.ts';

/** Step Functions runs no more children of one map at once. */
const MAX_CONCURRENCY = 10_000;

/** The items of one visit of a Map. */
export interface MapItems {
  readonly values: readonly unknown[];
  readonly maxConcurrency: number;
  /** The input of the iteration over `item`. */
  readonly select: (item: MapItem, context: StateContext) => Promise<unknown>;
}

/** Finds the items for a Map's effective input. */
export type ItemsOf = (input: unknown, context: StateContext, host: EngineHost) => Promise<MapItems>;

/** How a Map finds its items: ItemReader or ItemsPath, ItemSelector, MaxConcurrency. */
export function mapItems(name: string, state: AslState): ItemsOf {
  const read = state.ItemReader ? readerOf(name, state.ItemReader) : listOf(name, state.ItemsPath);
  const selector = selectorOf(name, state.ItemSelector ?? state.Parameters);
  const concurrency =
    state.MaxConcurrencyPath === undefined ? undefined : Template.ofPath(name, state.MaxConcurrencyPath);
  return async (input, context, host) => {
    const path = (await concurrency?.resolve(input, context)) as { value: number } | undefined;
    const wanted = path?.value ?? state.MaxConcurrency ?? 0;
    return {
      values: await read(input, context, host),
      maxConcurrency: wanted > 0 ? Math.min(wanted, MAX_CONCURRENCY) : MAX_CONCURRENCY,
      select: await selector(input, context),
    };
  };
}

type Read = (input: unknown, context: StateContext, host: EngineHost) => Promise<readonly unknown[]>;

function listOf(name: string, path = '$'): Read {
  const template = path === '$' ? undefined : Template.ofPath(name, path);
  return async (input, context) => {
    const found = template ? ((await template.resolve(input, context)) as { value: unknown }).value : input;
    if (Array.isArray(found)) return found as unknown[];
    throw new StatesError('States.Runtime', `The items of the state '${name}' are not an array.`);
  };
}

function readerOf(name: string, reader: AslItemReader): Read {
  const type = reader.ReaderConfig?.InputType;
  if (!reader.Resource.endsWith(':s3:getObject') || type !== 'JSON') {
    throw new Error(`state '${name}': the engine reads items from a JSON object in S3 only`);
  }
  const template = new Template(name, reader.Parameters);
  return async (input, context, host) => {
    const { Bucket, Key } = (await template.resolve(input, context)) as { Bucket: string; Key: string };
    let items: unknown;
    try {
      items = await host.readItems(Bucket, Key);
    } catch (error) {
      throw new StatesError('States.ItemReaderFailed', error instanceof Error ? error.message : String(error));
    }
    if (!Array.isArray(items)) throw new StatesError('States.ItemReaderFailed', `s3://${Bucket}/${Key} is no array.`);
    return items.slice(0, reader.ReaderConfig?.MaxItems ?? Number.POSITIVE_INFINITY) as unknown[];
  };
}

type Select = (item: MapItem, context: StateContext) => Promise<unknown>;

/**
 * Prepares an ItemSelector for one visit. Fields that do not depend on the item are resolved once: the interpreter
 * copies a state's whole input at every run, and a map may have ten thousand items.
 */
function selectorOf(name: string, selector: unknown): (input: unknown, context: StateContext) => Promise<Select> {
  if (selector === undefined) return () => Promise.resolve((item) => Promise.resolve(item.Value));
  const fields = Object.entries(selector as Record<string, unknown>);
  const dependsOnItem = ([, value]: [string, unknown]) => JSON.stringify(value).includes('$$.Map');
  const common = new Template(name, Object.fromEntries(fields.filter((field) => !dependsOnItem(field))));
  const perItem = fields.filter(dependsOnItem);
  const own = new Template(name, Object.fromEntries(perItem));
  const readsInput = /(^|[^$])\$([.[,) ]|$)/m.test(perItem.flatMap(([, value]) => strings(value)).join('\n'));
  return async (input, context) => {
    const shared = (await common.resolve(input, context)) as object;
    return async (item, itemContext) => ({
      ...shared,
      ...((await own.resolve(readsInput ? input : {}, itemContext)) as object),
    });
  };
}

/** All texts in a template. */
function strings(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(strings) : [];
}
