import { tableSchemes } from '../../adapters/table/connect-table.ts';
import type { MemoryItems } from '../../adapters/table/memory-items.ts';
import { memoryTable } from '../../adapters/table/memory-table.ts';
import type { Table } from '../../domain/ports/table.ts';
import { mortalTable } from '../doomed.ts';
import { watchedTable, type Access } from './access.ts';
import { countingTable, type TableCounts } from './counting-table.ts';
import type { RunOptions } from './run-options.ts';

/** The memory behind `memory:` addresses: the table of the run under way. */
let currentTable: Table | undefined;
const forwarding = new Proxy({} as Table, {
  get: (_, method) => {
    if (!currentTable) throw new Error('no rehearsal is running: there is no table');
    return Reflect.get(currentTable, method) as unknown;
  },
});

/**
 * A new table, which handlers reach from now on; they keep their connection from one run to the next. What is read of it
 * here is told to nobody.
 */
export const newRunTable = (
  counts: TableCounts,
  onAccess?: (access: Access) => void,
  wrap: (table: Table) => Table = (table) => table,
  items?: MemoryItems,
): Table => {
  const table = countingTable(memoryTable(items), counts);
  currentTable = wrap(onAccess === undefined ? table : watchedTable(table, onAccess));
  tableSchemes.set('memory', () => forwarding);
  return table;
};

/** What stands between the product and its table: whoever watches, and the death of invocations that are to die. */
export const wrapTable =
  ({ wrapTable: watched }: RunOptions, isAnybodyDoomed: boolean) =>
  (table: Table): Table => {
    const seen = watched?.(table) ?? table;
    return isAnybodyDoomed ? mortalTable(seen) : seen;
  };
