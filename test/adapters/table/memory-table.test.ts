import { describe, expect, it } from '@jest/globals';
import { connectTable } from '../../../adapters/table/connect-table.ts';
import { memoryTable, registerMemoryTables } from '../../../adapters/table/memory-table.ts';
import { tableContract } from './table-contract.ts';

describe('memory table', () => {
  const table = memoryTable();
  tableContract(() => table);

  it('hands out items that nobody can change', async () => {
    const key = { pk: 'frozen', sk: 'A' };
    await table.put(key, { list: [1], map: { a: 1 }, holders: new Set(['a']) });
    const item = (await table.get(key)) as { list: number[]; map: { a: number }; holders: Set<string> };
    expect(() => item.list.push(2)).toThrow(TypeError);
    expect(() => (item.map.a = 2)).toThrow(TypeError);
    expect(() => item.holders.add('b')).toThrow('copy it before changing it');
    expect(() => item.holders.clear()).toThrow(TypeError);
    expect(await table.get(key)).toEqual({ ...key, list: [1], map: { a: 1 }, holders: new Set(['a']) });
  });

  it('orders by UTF-8 bytes, not by UTF-16 units', async () => {
    for (const sk of ['\u{1F600}', '\uFF5E', 'z']) await table.put({ pk: 'bytes', sk }, {});
    const { items } = await table.query({ partition: 'bytes' });
    expect(items.map(({ sk }) => sk)).toEqual(['z', '\uFF5E', '\u{1F600}']);
  });

  it('ends a page after 1000 items, as DynamoDB does after 1 MB', async () => {
    await table.putAll(
      Array.from({ length: 1001 }, (_, index) => ({ key: { pk: 'large', sk: `${index}` }, item: {} })),
    );
    const first = await table.query({ partition: 'large' });
    expect(first.items).toHaveLength(1000);
    expect((await table.query({ partition: 'large', after: first.next! })).items).toHaveLength(1);
  });

  it('does 10,000 updates with conditions in well under a second', async () => {
    const started = performance.now();
    for (let index = 0; index < 10_000; index += 1) {
      await table.update({ pk: 'fast', sk: `${index % 100}` }, { add: { count: 1 } }, { fewerThan: { holders: 1 } });
    }
    expect(performance.now() - started).toBeLessThan(1000);
    expect(await table.get({ pk: 'fast', sk: '7' })).toMatchObject({ count: 100 });
  });
});

describe('connectTable', () => {
  it('gives the same memory table for the same name, once memory tables are registered', async () => {
    expect(() => connectTable('memory:one')).toThrow('no table at "memory:one"');
    registerMemoryTables();
    await connectTable('memory:one').put({ pk: 'P', sk: 'A' }, { a: 1 });
    expect(await connectTable('memory:one').get({ pk: 'P', sk: 'A' })).toMatchObject({ a: 1 });
    expect(await connectTable('memory:two').get({ pk: 'P', sk: 'A' })).toBeUndefined();
  });

  it('connects to DynamoDB without a call, and says which addresses it knows', () => {
    expect(connectTable('dynamodb:rollouts')).toHaveProperty('transact');
    expect(() => connectTable('rollouts')).toThrow('write SCHEME:NAME with one of dynamodb');
  });
});
