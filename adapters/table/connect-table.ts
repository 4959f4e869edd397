import type { Table } from '../../domain/ports/table.ts';
import { dynamoTable } from './dynamo-table.ts';

/** What may stand before the colon of a table's address; importers register further ones. */
export const tableSchemes = new Map<string, (name: string) => Table>([['dynamodb', (name) => dynamoTable(name)]]);

/** The table at an address such as `dynamodb:NAME`. Makes no network call. */
export const connectTable = (address: string): Table => {
  const [, scheme = '', name = ''] = /^(\w+):(.+)$/.exec(address) ?? [];
  const connect = tableSchemes.get(scheme);
  if (connect === undefined) {
    throw new Error(`no table at "${address}": write SCHEME:NAME with one of ${[...tableSchemes.keys()].join(', ')}`);
  }
  return connect(name);
};
