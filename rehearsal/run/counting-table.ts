import type { Table } from '../../domain/ports/table.ts';

/** Reads and writes as DynamoDB would bill them, in request units of one item each. */
export interface TableCounts {
  reads: number;
  writes: number;
}

/**
 * The table, counting what passes through. Each write counts once for the item and once for its entry in the index, which
 * most items have (those of the audit too); in a transaction all of that counts twice. That is dearer than DynamoDB, which
 * bills the index's part of a transaction once.
 */
export const countingTable = (table: Table, counts: TableCounts): Table => ({
  get: (key) => ((counts.reads += 1), table.get(key)),
  query: async (query) => {
    const page = await table.query(query);
    counts.reads += Math.max(1, page.items.length / 2);
    return page;
  },
  put: (...call) => ((counts.writes += 2), table.put(...call)),
  update: (...call) => ((counts.writes += 2), table.update(...call)),
  delete: (...call) => ((counts.writes += 2), table.delete(...call)),
  transact: (writes) => ((counts.writes += 4 * writes.length), table.transact(writes)),
  putAll: (items) => ((counts.writes += 2 * items.length), table.putAll(items)),
});
