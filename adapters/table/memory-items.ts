import type { Attributes, Key } from '../../domain/ports/table.ts';
import { SortedEntries, type Slot } from './sorted-entries.ts';
import { SortedMap } from './sorted-map.ts';

/** One partition, in the order of its sort keys. */
export class Partition extends SortedMap<Slot> {
  readonly name: string;

  constructor(name: string) {
    super();
    this.name = name;
  }
}

/** Items by key, and by the attributes `ipk` and `isk` where an item has both as text. */
export class MemoryItems {
  readonly #partitions = new Map<string, Partition>();
  readonly #index = new Map<string, SortedEntries>();

  get({ pk, sk }: Key): Attributes | undefined {
    return this.#partitions.get(pk)?.get(sk)?.item;
  }

  put(key: Key, item: Attributes): void {
    const partition = this.partition(key.pk) ?? this.#newPartition(key.pk);
    const slot = partition.get(key.sk);
    if (slot === undefined) {
      const made: Slot = { item, entry: undefined };
      partition.set(key.sk, made);
      this.#enter(made);
    } else if (slot.item.ipk === item.ipk && slot.item.isk === item.isk) {
      slot.item = item;
    } else {
      this.#leave(slot);
      slot.item = item;
      this.#enter(slot);
    }
  }

  /** Every item, each with its key. */
  all(): { readonly key: Key; readonly item: Attributes }[] {
    return [...this.#partitions].flatMap(([pk, partition]) =>
      [...partition.entries()].map(([sk, { item }]) => ({ key: { pk, sk }, item })),
    );
  }

  delete(key: Key): void {
    const partition = this.#partitions.get(key.pk);
    const slot = partition?.get(key.sk);
    if (partition === undefined || slot === undefined) return;
    this.#leave(slot);
    partition.delete(key.sk);
    if (partition.size === 0) this.#partitions.delete(key.pk);
  }

  partition(pk: string): Partition | undefined {
    return this.#partitions.get(pk);
  }

  /** The items that have `ipk` as their partition of the index. */
  indexPartition(ipk: string): SortedEntries | undefined {
    return this.#index.get(ipk);
  }

  #newPartition(pk: string): Partition {
    const made = new Partition(pk);
    this.#partitions.set(pk, made);
    return made;
  }

  #enter(slot: Slot): void {
    const { ipk, isk } = slot.item;
    if (typeof ipk !== 'string' || typeof isk !== 'string') return;
    let partition = this.#index.get(ipk);
    if (partition === undefined) this.#index.set(ipk, (partition = new SortedEntries(ipk)));
    partition.enter(isk, slot);
  }

  #leave(slot: Slot): void {
    const { ipk } = slot.item;
    if (slot.entry === undefined || typeof ipk !== 'string') return;
    const partition = this.#index.get(ipk);
    partition?.leave(slot);
    if (partition?.size === 0) this.#index.delete(ipk);
  }
}
