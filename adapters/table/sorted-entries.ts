import type { Attributes } from '../../domain/ports/table.ts';
import { byteOrder } from './byte-order.ts';

/** What table and index share, so that an update that leaves the index's attributes alone touches the item only. */
export interface Slot {
  item: Attributes;
  /** Its place in the index, if it has one. */
  entry: Entry | undefined;
}

/** One place in a partition of the index. It keeps its sort key after its slot has gone elsewhere. */
export interface Entry {
  readonly isk: string;
  readonly slot: Slot;
  isLive: boolean;
}

/** Up to so many new entries are put in their places one by one; more are sorted and merged. */
const fewEntries = 32;

/**
 * An entry's place as text: index entries need not be unique, those with the same sort key follow the order of their items'
 * keys.
 */
export const indexEntry = (isk: string, { pk, sk }: { readonly pk: string; readonly sk: string }): string =>
  `${isk}\0${pk}\0${sk}`;

/** The text is made where it is compared: a hundred thousand of them would be the larger part of an index. */
const textOf = ({ isk, slot }: Entry): string => indexEntry(isk, slot.item as Attributes & { pk: string; sk: string });

const inOrder = (left: Entry, right: Entry): number =>
  byteOrder(left.isk, right.isk) || byteOrder(textOf(left), textOf(right));

/** The position of the first entry that is not below the bound. */
const position = (entries: readonly Entry[], isBelow: (entry: Entry) => boolean): number => {
  let low = 0;
  let high = entries.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const entry = entries[middle];
    if (entry !== undefined && isBelow(entry)) low = middle + 1;
    else high = middle;
  }
  return low;
};

const merged = (left: readonly Entry[], right: readonly Entry[]): Entry[] => {
  const all: Entry[] = [];
  let at = 0;
  for (const entry of right) {
    for (let next = left[at]; next !== undefined && inOrder(next, entry) < 0; next = left[at]) {
      all.push(next);
      at += 1;
    }
    all.push(entry);
  }
  return all.concat(left.slice(at));
};

/**
 * One partition of the index: items in the order of their sort keys, where several may have the same. A write adds or marks
 * an entry, which costs nothing; the next read in order makes up for it.
 */
export class SortedEntries {
  readonly name: string;
  /** In order; holds entries that have left since. Undefined: nobody has read in order, all entries wait. */
  #order: Entry[] | undefined;
  #waiting: Entry[] = [];
  /** How many entries of `#order` and `#waiting` have left. */
  #left = 0;
  #size = 0;

  constructor(name: string) {
    this.name = name;
  }

  get size(): number {
    return this.#size;
  }

  enter(isk: string, slot: Slot): void {
    slot.entry = { isk, slot, isLive: true };
    this.#waiting.push(slot.entry);
    this.#size += 1;
  }

  leave(slot: Slot): void {
    if (slot.entry === undefined) return;
    slot.entry.isLive = false;
    slot.entry = undefined;
    this.#left += 1;
    this.#size -= 1;
    if (this.#left > fewEntries && this.#left > this.#size) this.#sweep();
  }

  /** Slots whose place is at least `from` and below `to`, in order or the other way round. */
  *range(from: string, to: string | undefined, descending: boolean): Generator<Slot> {
    const order = this.#settled();
    const below = (bound: string) => (entry: Entry) => byteOrder(textOf(entry), bound) < 0;
    const start = position(order, below(from));
    const end = to === undefined ? order.length : position(order, below(to));
    for (let step = 0; step < end - start; step += 1) {
      const entry = order[descending ? end - 1 - step : start + step];
      if (entry?.isLive === true) yield entry.slot;
    }
  }

  #sweep(): void {
    const isLive = (entry: Entry): boolean => entry.isLive;
    this.#order = this.#order?.filter(isLive);
    this.#waiting = this.#waiting.filter(isLive);
    this.#left = 0;
  }

  #settled(): readonly Entry[] {
    const waiting = this.#waiting;
    if (this.#order === undefined) this.#order = waiting.sort(inOrder);
    else if (waiting.length > fewEntries) this.#order = merged(this.#order, waiting.sort(inOrder));
    else
      for (const entry of waiting)
        this.#order.splice(
          position(this.#order, (other) => inOrder(other, entry) < 0),
          0,
          entry,
        );
    this.#waiting = [];
    return this.#order;
  }
}
