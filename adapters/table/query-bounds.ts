import type { Query } from '../../domain/ports/table.ts';
import { byteOrder } from './byte-order.ts';

/** A query's condition on the sort key; DynamoDB allows one per query. */
export type Bounds =
  | { readonly kind: 'all' }
  | { readonly kind: 'nothing' }
  | { readonly kind: 'prefix'; readonly prefix: string }
  | { readonly kind: 'upTo'; readonly upTo: string }
  | { readonly kind: 'between'; readonly prefix: string; readonly upTo: string };

/**
 * Prefix and upper bound as one condition: a bound that starts with the prefix ends a range that begins with it; another
 * bound lies before everything with the prefix or behind it.
 */
export const queryBounds = ({ prefix = '', from, upTo }: Query): Bounds => {
  if (upTo === '') return { kind: 'nothing' };
  if (from !== undefined) {
    if (prefix !== '' || upTo === undefined) throw new Error('a query from a sort key needs upTo, and takes no prefix');
    return byteOrder(from, upTo) > 0 ? { kind: 'nothing' } : { kind: 'between', prefix: from, upTo };
  }
  if (upTo === undefined) return prefix === '' ? { kind: 'all' } : { kind: 'prefix', prefix };
  if (prefix === '') return { kind: 'upTo', upTo };
  if (upTo.startsWith(prefix)) return { kind: 'between', prefix, upTo };
  return byteOrder(upTo, prefix) < 0 ? { kind: 'nothing' } : { kind: 'prefix', prefix };
};
