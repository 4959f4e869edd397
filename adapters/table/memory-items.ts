import type { Attributes, Key } from '../../domain/ports/table.ts';
import { SortedMap } from './sorted-map.ts';

/** What table and index share, so that an update that leaves the index's attributes alone touches the item only. */
interface Slot {
  item: Attributes;
}

/** One partition, in the order of its sort keys. */
export class Partition extends SortedMap<Slot> {
  readonly name: string;

  constructor(name: string) {
    super();
    this.name = name;
  }
}

/** Index entries need not be unique: those with the same sort key follow the order of their items' keys. */
export const indexEntry = (isk: string, { pk, sk }: Key): string => `${isk}\0${pk}\0${sk}`;

/** Items by key, and by the attributes `ipk` and `isk` where an item has both as text. */
export class MemoryItems {
  readonly #partitions = new Map<string, Partition>();
  readonly #index = new Map<string, Partition>();

  get({ pk, sk }: Key): Attributes | undefined {
    return this.#partitions.get(pk)?.get(sk)?.item;
  }

  put(key: Key, item: Attributes): void {
    const partition = this.#in(this.#partitions, key.pk);
    const slot = partition.get(key.sk);
    if (slot === undefined) {
      const made: Slot = { item };
      partition.set(key.sk, made);
      this.#enter(key, made);
    } else if (slot.item.ipk === item.ipk && slot.item.isk === item.isk) {
      slot.item = item;
    } else {
      this.#leave(key, slot);
      slot.item = item;
      this.#enter(key, slot);
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
    this.#leave(key, slot);
    partition.delete(key.sk);
    if (partition.size === 0) this.#partitions.delete(key.pk);
  }

  /** The names of an item's partitions as the first item has brought them, so that all share the same text. */
  nameOf(pk: string, index: 'byKey' | 'byIndex' = 'byKey'): string {
    return this.partition(index, pk)?.name ?? pk;
  }

  partition(index: 'byKey' | 'byIndex', name: string): Partition | undefined {
    return (index === 'byKey' ? this.#partitions : this.#index).get(name);
  }

  #in(partitions: Map<string, Partition>, name: string): Partition {
    const known = partitions.get(name);
    if (known !== undefined) return known;
    const made = new Partition(name);
    partitions.set(name, made);
    return made;
  }

  #enter(key: Key, slot: Slot): void {
    const { ipk, isk } = slot.item;
    if (typeof ipk !== 'string' || typeof isk !== 'string') return;
    this.#in(this.#index, ipk).set(indexEntry(isk, { pk: this.nameOf(key.pk), sk: key.sk }), slot);
  }

  #leave(key: Key, slot: Slot): void {
    const { ipk, isk } = slot.item;
    if (typeof ipk !== 'string' || typeof isk !== 'string') return;
    const partition = this.#index.get(ipk);
    partition?.delete(indexEntry(isk, key));
    if (partition?.size === 0) this.#index.delete(ipk);
  }
}
