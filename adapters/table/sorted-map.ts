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

/**
 * A map that can be read in the UTF-8 order of its keys. Writes cost what a `Map` costs: new keys wait unsorted, removed
 * ones stay in the order as gaps, and the next read in order makes up for both.
 */
export class SortedMap<Value> {
  readonly #values = new Map<string, Value>();
  /** In order; holds keys that have been removed since (gaps), but none that waits. */
  #order: string[] = [];
  readonly #gaps = new Set<string>();
  readonly #waiting = new Set<string>();

  get(key: string): Value | undefined {
    return this.#values.get(key);
  }

  set(key: string, value: Value): void {
    if (!this.#values.has(key) && !this.#gaps.delete(key)) this.#waiting.add(key);
    this.#values.set(key, value);
  }

  delete(key: string): void {
    if (this.#values.delete(key) && !this.#waiting.delete(key)) this.#gaps.add(key);
  }

  get size(): number {
    return this.#values.size;
  }

  /** Entries whose key is at least `from` and below `to`, in order or the other way round. */
  *range(from: string, to: string | undefined, descending: boolean): Generator<readonly [string, Value]> {
    this.#settle();
    const order = this.#order;
    const start = position(order, from);
    const end = to === undefined ? order.length : position(order, to);
    for (let step = 0; step < end - start; step += 1) {
      const key = order[descending ? end - 1 - step : start + step] ?? '';
      const value = this.#values.get(key);
      if (value !== undefined) yield [key, value];
    }
  }

  #settle(): void {
    if (this.#gaps.size > fewKeys && this.#gaps.size > this.#order.length / 4) {
      this.#order = this.#order.filter((key) => !this.#gaps.has(key));
      this.#gaps.clear();
    }
    if (this.#waiting.size === 0) return;
    if (this.#waiting.size <= fewKeys) {
      for (const key of this.#waiting) this.#order.splice(position(this.#order, key), 0, key);
    } else {
      this.#order = merged(this.#order, [...this.#waiting].sort(byteOrder));
    }
    this.#waiting.clear();
  }
}
