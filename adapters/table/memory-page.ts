import type { Attributes, Page, Query } from '../../domain/ports/table.ts';
import { decodeCursor, encodeCursor } from './cursor.ts';
import type { MemoryItems } from './memory-items.ts';
import { queryBounds, type Bounds } from './query-bounds.ts';
import { indexEntry, type Slot } from './sorted-entries.ts';

/** DynamoDB ends a page after 1 MB, about a thousand records of ours: whoever forgets further pages finds out here. */
const mostItems = 1000;

/** Behind every string that starts with the prefix, in UTF-8 order. */
const behind = (prefix: string): string => `${prefix}\u{10FFFF}`;

/** The first entry of the range, and the first one behind it. */
const range = (bounds: Exclude<Bounds, { kind: 'nothing' }>, byIndex: boolean): [string, string | undefined] => {
  // An index entry goes on behind its sort key with \0 and the item's key.
  const after = (upTo: string) => `${upTo}${byIndex ? '\u0001' : '\0'}`;
  switch (bounds.kind) {
    case 'all':
      return ['', undefined];
    case 'prefix':
      return [bounds.prefix, behind(bounds.prefix)];
    case 'upTo':
      return ['', after(bounds.upTo)];
    case 'between':
      return [bounds.prefix, after(bounds.upTo)];
  }
};

const slots = (
  items: MemoryItems,
  { index, partition, descending = false }: Query,
  from: string,
  to: string | undefined,
): Iterable<Slot> =>
  (index === 'byIndex' ? items.indexPartition(partition) : items.partition(partition))?.range(from, to, descending) ??
  [];

/** One page of a query. */
export const memoryPage = (items: MemoryItems, query: Query): Page => {
  const { index = 'byKey', descending = false, limit = mostItems, after } = query;
  const byIndex = index === 'byIndex';
  const bounds = queryBounds(query);
  if (bounds.kind === 'nothing') return { items: [], next: null };

  let [from, to] = range(bounds, byIndex);
  if (after !== undefined) {
    const { pk = '', sk = '', isk = '' } = decodeCursor(after, query);
    const entry = byIndex ? indexEntry(isk, { pk, sk }) : sk;
    if (descending) to = entry;
    else from = `${entry}\0`;
  }
  const found: Attributes[] = [];
  const most = Math.min(limit, mostItems);
  for (const { item } of slots(items, query, from, to)) {
    if (found.length === most) {
      const { pk, sk, ipk, isk } = found.at(-1) ?? {};
      return { items: found, next: encodeCursor(byIndex ? { pk, sk, ipk, isk } : { pk, sk }) };
    }
    found.push(item);
  }
  return { items: found, next: null };
};
