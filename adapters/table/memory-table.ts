import { ConditionFailed, type Attributes, type Condition, type Key, type Table } from '../../domain/ports/table.ts';
import { changedItem } from './changed-item.ts';
import { conditionHolds } from './condition-holds.ts';
import { tableSchemes } from './connect-table.ts';
import { checkTransaction } from './check-transaction.ts';
import { frozenFields } from './frozen.ts';
import { MemoryItems } from './memory-items.ts';
import { memoryPage } from './memory-page.ts';

/** Work that is done at once, as a promise; what it throws rejects. */
const settled = <Result>(work: () => Result): Promise<Result> =>
  new Promise((resolve) => {
    resolve(work());
  });

/** A condition that does not hold is an answer like any other: a trace of the stack would cost more than all the rest. */
const refusal = (key: Key): ConditionFailed => {
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = 0;
  try {
    return new ConditionFailed(key);
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
  }
};

/** Text that was put together is a tree of its parts until somebody reads it as a number: these stay, and as one piece. */
const flat = (text: string): string => {
  Number(text);
  return text;
};

/** The names of partitions are kept once, as the first item has brought them. */
const newItem = (items: MemoryItems, key: Key, item: Attributes): Attributes => {
  const copy = frozenFields(item, { pk: items.partition(key.pk)?.name ?? key.pk, sk: key.sk });
  if (typeof copy.ipk === 'string') copy.ipk = items.indexPartition(copy.ipk)?.name ?? copy.ipk;
  if (typeof copy.isk === 'string') copy.isk = flat(copy.isk);
  return Object.freeze(copy);
};

/**
 * The table in memory, for rehearsals and tests, with DynamoDB's order, errors and limits.
 *
 * Made for 10,000 stacks and some 200,000 operations, at 1–5 µs each: items are frozen when they are written and then
 * handed out as they are, without a copy per read; an update copies one level of the item; partitions and the index
 * sort nothing until they are queried (see SortedMap); every operation, transactions too, runs without yielding.
 */
export const memoryTable = (items = new MemoryItems()): Table => {
  const expect = (key: Key, condition: Condition | undefined): Attributes | undefined => {
    const item = items.get(key);
    if (condition !== undefined && !conditionHolds(item, condition)) throw refusal(key);
    return item;
  };

  return {
    get: (key) => settled(() => items.get(key)),

    put: (key, item, condition) =>
      settled(() => {
        expect(key, condition);
        items.put(key, newItem(items, key, item));
      }),

    update: (key, changes, condition) =>
      settled(() => {
        const after = changedItem(expect(key, condition), key, changes);
        items.put(key, after);
        return after;
      }),

    delete: (key, condition) =>
      settled(() => {
        expect(key, condition);
        items.delete(key);
      }),

    transact: (writes) =>
      settled(() => {
        checkTransaction(writes);
        const befores = writes.map(({ key, condition }) => expect(key, condition));
        // Everything that can throw comes before the first change.
        const afters = writes.map((write, index) =>
          write.kind === 'put'
            ? newItem(items, write.key, write.item)
            : write.kind === 'update'
              ? changedItem(befores[index], write.key, write.changes)
              : undefined,
        );
        writes.forEach(({ kind, key }, index) => {
          const after = afters[index];
          if (after !== undefined) items.put(key, after);
          else if (kind === 'delete') items.delete(key);
        });
      }),

    putAll: (list) =>
      settled(() => {
        for (const { key, item } of list) items.put(key, newItem(items, key, item));
      }),

    query: (query) => settled(() => memoryPage(items, query)),
  };
};

/** Makes `connectTable('memory:NAME')` work; the same name gives the same table for as long as the process lives. */
export const registerMemoryTables = (): void => {
  const tables = new Map<string, Table>();
  tableSchemes.set('memory', (name) => {
    const table = tables.get(name) ?? memoryTable();
    tables.set(name, table);
    return table;
  });
};
