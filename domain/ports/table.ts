/** Where an item is. */
export interface Key {
  readonly pk: string;
  readonly sk: string;
}

/** An item's attributes; plain JSON, and sets of strings as `Set<string>`. */
export type Attributes = Readonly<Record<string, unknown>>;

/**
 * The state an item must be in for a write to happen. All parts must hold. Comparisons with an attribute that is not
 * there are false.
 */
export interface Condition {
  readonly exists?: boolean;
  readonly equals?: Readonly<Record<string, string | number | boolean | null>>;
  readonly oneOf?: Readonly<Record<string, readonly (string | number)[]>>;
  readonly lessThan?: Readonly<Record<string, string | number>>;
  /** The set attribute has fewer members than this, or is not there. */
  readonly fewerThan?: Readonly<Record<string, number>>;
  /** The set attribute has this member. */
  readonly contains?: Readonly<Record<string, string>>;
  /** Beside the parts above, at least one of these must hold. */
  readonly or?: readonly Condition[];
}

/** What an update changes; the item is made if it is not there (state `exists` to forbid that). */
export interface Changes {
  readonly set?: Attributes;
  readonly remove?: readonly string[];
  readonly add?: Readonly<Record<string, number>>;
  readonly addToSet?: Readonly<Record<string, string>>;
  readonly removeFromSet?: Readonly<Record<string, string>>;
}

export type Write =
  | { readonly kind: 'put'; readonly key: Key; readonly item: Attributes; readonly condition?: Condition }
  | { readonly kind: 'update'; readonly key: Key; readonly changes: Changes; readonly condition?: Condition }
  | { readonly kind: 'delete'; readonly key: Key; readonly condition?: Condition }
  | { readonly kind: 'check'; readonly key: Key; readonly condition: Condition };

export interface Query {
  /** `byKey` (default) reads pk and sk; `byIndex` reads the attributes `ipk` and `isk`. */
  readonly index?: 'byKey' | 'byIndex';
  readonly partition: string;
  /** Sort keys that start with this. */
  readonly prefix?: string;
  /** Sort keys at least this, inclusive; together with `upTo`, instead of a prefix. */
  readonly from?: string;
  /** Sort keys at most this, inclusive. */
  readonly upTo?: string;
  readonly descending?: boolean;
  readonly limit?: number;
  /** Goes on where the page that gave this cursor ended. */
  readonly after?: string;
}

export interface Page {
  readonly items: readonly Attributes[];
  /** Null on the last page. */
  readonly next: string | null;
}

/** A write whose condition did not hold; nothing was written. */
export class ConditionFailed extends Error {
  override readonly name = 'ConditionFailed';
  readonly key: Key;

  constructor(key: Key, options?: ErrorOptions) {
    super(`the item ${key.pk} / ${key.sk} is not in the state that the write expects`, options);
    this.key = key;
  }
}

/**
 * The product's memory: one table of items under a partition and a sort key, with one sparse index on the attributes
 * `ipk` and `isk`. Reads by key are strongly consistent; reads by index may lag.
 */
export interface Table {
  get(key: Key): Promise<Attributes | undefined>;
  put(key: Key, item: Attributes, condition?: Condition): Promise<void>;
  /** Gives the item as it is after the change. */
  update(key: Key, changes: Changes, condition?: Condition): Promise<Attributes>;
  delete(key: Key, condition?: Condition): Promise<void>;
  /** All or nothing, at most 100 writes, each of another item. Throws ConditionFailed for the first condition that fails. */
  transact(writes: readonly Write[]): Promise<void>;
  /** Unconditional puts of any number of items; not atomic. */
  putAll(items: readonly { readonly key: Key; readonly item: Attributes }[]): Promise<void>;
  query(query: Query): Promise<Page>;
}
