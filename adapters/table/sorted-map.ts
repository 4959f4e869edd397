import { byteOrder } from './byte-order.ts';

/** Up to so many new keys are put in their places one by one; more are sorted and merged. */
const fewKeys = 32;

/** The position of the first key that is not below the bound. */
const position = (keys: readonly string[], bound: string): number => {
  let low = 0;
  let high = keys.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (byteOrder(keys[middle] ?? '', bound) < 0) low = middle + 1;
    else high = middle;
  }
  return low;
};

const merged = (left: readonly string[], right: readonly string[]): string[] => {
  const all: string[] = [];
  let at = 0;
  for (const key of right) {
    while (at < left.length && byteOrder(left[at] ?? '', key) < 0) all.push(left[at++] ?? '');
    all.push(key);
  }
  while (at < left.length) all.push(left[at++] ?? '');
  return all;
};

/** Most partitions have a few keys and are never read in order: what only that needs is not made before. */
const none: readonly string[] = [];

/**
 * A map that can be read in the UTF-8 order of its keys. Writes cost what a `Map` costs: new keys wait unsorted, removed
 * ones stay in the order as gaps, and the next read in order makes up for both.
 */
export class SortedMap<Value> {
  readonly #values = new Map<string, Value>();
  /** In order; holds keys that have been removed since (gaps), but none that waits. Undefined: all keys wait. */
  #order: string[] | undefined;
  #gaps: Set<string> | undefined;
  #waiting: Set<string> | undefined;

  get(key: string): Value | undefined {
    return this.#values.get(key);
  }

  set(key: string, value: Value): void {
    if (this.#order !== undefined && !this.#values.has(key) && this.#gaps?.delete(key) !== true)
      (this.#waiting ??= new Set()).add(key);
    this.#values.set(key, value);
  }

  delete(key: string): void {
    if (this.#values.delete(key) && this.#order !== undefined && this.#waiting?.delete(key) !== true)
      (this.#gaps ??= new Set()).add(key);
  }

  /** All of it, in no order. */
  entries(): IterableIterator<[string, Value]> {
    return this.#values.entries();
  }

  get size(): number {
    return this.#values.size;
  }

  /** Values whose key is at least `from` and below `to`, in order or the other way round. */
  *range(from: string, to: string | undefined, descending: boolean): Generator<Value> {
    const order = this.#settled();
    const start = position(order, from);
    const end = to === undefined ? order.length : position(order, to);
    for (let step = 0; step < end - start; step += 1) {
      const key = order[descending ? end - 1 - step : start + step] ?? '';
      const value = this.#values.get(key);
      if (value !== undefined) yield value;
    }
  }

  #settled(): readonly string[] {
    if (this.#order === undefined) {
      if (this.#values.size === 0) return none;
      return (this.#order = [...this.#values.keys()].sort(byteOrder));
    }
    const gaps = this.#gaps;
    if (gaps !== undefined && gaps.size > fewKeys && gaps.size > this.#order.length / 4) {
      this.#order = this.#order.filter((key) => !gaps.has(key));
      gaps.clear();
    }
    const waiting = this.#waiting;
    if (waiting === undefined || waiting.size === 0) return this.#order;
    if (waiting.size <= fewKeys) {
      for (const key of waiting) this.#order.splice(position(this.#order, key), 0, key);
    } else {
      this.#order = merged(this.#order, [...waiting].sort(byteOrder));
    }
    waiting.clear();
    return this.#order;
  }
}
