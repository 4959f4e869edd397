import { InvalidCursor } from '../../domain/operating/page.ts';
import type { Query } from '../../domain/ports/table.ts';
import { byteOrder } from './byte-order.ts';
import { queryBounds } from './query-bounds.ts';

/** Where a page ended, as text that may travel in a URL. */
export const encodeCursor = (position: Readonly<Record<string, unknown>>): string =>
  Buffer.from(JSON.stringify(position)).toString('base64url');

const parsed = (cursor: string): unknown => {
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString());
  } catch (cause) {
    throw new InvalidCursor({ cause });
  }
};

const isWithin = (query: Query, sortKey: string): boolean => {
  const bounds = queryBounds(query);
  switch (bounds.kind) {
    case 'all':
      return true;
    case 'nothing':
      return false;
    case 'prefix':
      return sortKey.startsWith(bounds.prefix);
    case 'upTo':
      return byteOrder(sortKey, bounds.upTo) <= 0;
    case 'between':
      return byteOrder(sortKey, bounds.prefix) >= 0 && byteOrder(sortKey, bounds.upTo) <= 0;
  }
};

/**
 * Reads a cursor that somebody has sent back. One of another query is none: DynamoDB refuses a position outside of what is
 * asked for, and a made-up one must not show what the query would not.
 *
 * @throws InvalidCursor
 */
export const decodeCursor = (cursor: string, query: Query): Record<string, string> => {
  const position = parsed(cursor);
  if (typeof position !== 'object' || position === null) throw new InvalidCursor();
  const fields = position as Record<string, unknown>;
  const names = query.index === 'byIndex' ? ['ipk', 'isk', 'pk', 'sk'] : ['pk', 'sk'];
  const known = Object.keys(fields).length === names.length && names.every((name) => typeof fields[name] === 'string');
  if (!known) throw new InvalidCursor();
  const { pk = '', sk = '', ipk = '', isk = '' } = fields as Record<string, string>;
  const [partition, sortKey] = query.index === 'byIndex' ? [ipk, isk] : [pk, sk];
  if (partition !== query.partition || !isWithin(query, sortKey)) throw new InvalidCursor();
  return fields as Record<string, string>;
};
