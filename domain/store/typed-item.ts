import type { Attributes, Page, Query, Table } from '../ports/table.ts';
import { schemaVersion } from '../records/schema-version.ts';

/** A record that a newer version of the product wrote; this version must not guess what it means. */
export class NewerRecord extends Error {
  override readonly name = 'NewerRecord';
}

/**
 * Reads an item of the table as the record it was written as: the key says which. The caller names the type, as the
 * table itself knows attributes only.
 */
// eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters
export const typedItem = <R extends { readonly schemaVersion: number }>(item: Attributes): R => {
  const record = item as unknown as R;
  if (record.schemaVersion > schemaVersion) {
    throw new NewerRecord(
      `a record has schema version ${record.schemaVersion}, this version reads up to ${schemaVersion}: deploy the newer version`,
    );
  }
  return record;
};

/** All pages of a query, one record after the other. */
export async function* typedItems<R extends { readonly schemaVersion: number }>(
  table: Table,
  query: Query,
): AsyncGenerator<R> {
  let after: string | null = null;
  do {
    const page: Page = await table.query(after === null ? query : { ...query, after });
    for (const item of page.items) yield typedItem<R>(item);
    after = page.next;
  } while (after !== null);
}
