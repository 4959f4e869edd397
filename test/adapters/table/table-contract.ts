import { describe, expect, it } from '@jest/globals';
import {
  ConditionFailed,
  type Attributes,
  type Condition,
  type Key,
  type Query,
  type Table,
} from '../../../domain/ports/table.ts';

let partitions = 0;
/** A partition that no other test uses. */
const fresh = (name = 'P'): string => `${name}#${(partitions += 1)}`;
const keyIn = (pk: string, sk = 'A'): Key => ({ pk, sk });

const failure = async (work: Promise<unknown>): Promise<unknown> => {
  try {
    await work;
    return undefined;
  } catch (error) {
    return error;
  }
};

const allPages = async (table: Table, query: Query): Promise<Attributes[]> => {
  const items: Attributes[] = [];
  let next: string | null = null;
  do {
    const page = await table.query(next === null ? query : { ...query, after: next });
    items.push(...page.items);
    next = page.next;
  } while (next !== null);
  return items;
};

const sortKeys = (items: readonly Attributes[]): unknown[] => items.map((item) => item.sk);

/**
 * What every Table does alike. `connect` gives the table under test, which may hold other partitions' items;
 * `unable` names conditions and tests that a stand-in for DynamoDB gets wrong.
 */
export const tableContract = (connect: () => Table, unable: readonly string[] = []): void => {
  describe('items', () => {
    it('come back as they were put, with their key', async () => {
      const key = keyIn(fresh());
      const item = {
        text: 'a',
        empty: '',
        number: 1.5,
        yes: true,
        no: null,
        list: [1, { deep: ['x'] }],
        map: { a: {} },
      };
      await connect().put(key, item);
      expect(await connect().get(key)).toEqual({ ...item, ...key });
    });

    it('are undefined where there is none', async () => {
      expect(await connect().get(keyIn(fresh()))).toBeUndefined();
    });

    it('are replaced as a whole by a put', async () => {
      const key = keyIn(fresh());
      await connect().put(key, { a: 1, b: 1 });
      await connect().put(key, { b: 2 });
      expect(await connect().get(key)).toEqual({ b: 2, ...key });
    });

    it('keep sets of strings, but neither empty sets nor what is undefined', async () => {
      const key = keyIn(fresh());
      await connect().put(key, {
        holders: new Set(['a', 'b']),
        nobody: new Set(),
        missing: undefined,
        map: { missing: undefined, nobody: new Set() },
      });
      expect(await connect().get(key)).toStrictEqual({ holders: new Set(['a', 'b']), map: {}, ...key });
    });

    it('can be put again as they were read, under their own key or another', async () => {
      const [key, other] = [keyIn(fresh()), keyIn(fresh(), 'B')];
      await connect().put(key, { holders: new Set(['a']), a: [1] });
      const item = await connect().get(key);
      await connect().put(other, item!);
      expect(await connect().get(other)).toEqual({ holders: new Set(['a']), a: [1], ...other });
    });

    it('share no state with the caller', async () => {
      const key = keyIn(fresh());
      const item = { list: [1], map: { a: 1 }, holders: new Set(['a']) };
      await connect().put(key, item);
      item.list.push(2);
      item.map.a = 2;
      item.holders.add('b');
      expect(await connect().get(key)).toEqual({ list: [1], map: { a: 1 }, holders: new Set(['a']), ...key });
    });

    it('are gone after a delete, which may be repeated', async () => {
      const key = keyIn(fresh());
      await connect().put(key, { a: 1 });
      await connect().delete(key);
      await connect().delete(key);
      expect(await connect().get(key)).toBeUndefined();
    });

    it('hold no dates and no other instances of classes', async () => {
      expect(await failure(connect().put(keyIn(fresh()), { at: new Date(0) }))).toBeInstanceOf(Error);
    });
  });

  describe('updates', () => {
    it('make the item where there is none', async () => {
      const key = keyIn(fresh());
      expect(await connect().update(key, { set: { a: 1 } })).toEqual({ a: 1, ...key });
      expect(await connect().get(key)).toEqual({ a: 1, ...key });
    });

    it('set, remove and add at once and give the item after the change', async () => {
      const key = keyIn(fresh());
      await connect().put(key, { kept: 'k', old: 1, count: 2, map: { a: 1 } });
      const after = await connect().update(key, {
        set: { map: { b: 2 }, status: 'done', missing: undefined },
        remove: ['old', 'never there'],
        add: { count: 3, fresh: -1 },
      });
      expect(after).toEqual({ kept: 'k', count: 5, fresh: -1, map: { b: 2 }, status: 'done', ...key });
      expect(await connect().get(key)).toEqual(after);
    });

    it('add to and remove from sets; a set without members disappears', async () => {
      const key = keyIn(fresh());
      await connect().update(key, { addToSet: { holders: 'a' } });
      await connect().update(key, { addToSet: { holders: 'b' } });
      expect(await connect().update(key, { addToSet: { holders: 'b' } })).toEqual({
        holders: new Set(['a', 'b']),
        ...key,
      });
      await connect().update(key, { removeFromSet: { holders: 'a' } });
      await connect().update(key, { removeFromSet: { holders: 'not there' } });
      expect(await connect().get(key)).toEqual({ holders: new Set(['b']), ...key });
      expect(await connect().update(key, { removeFromSet: { holders: 'b' } })).toStrictEqual({ ...key });
      expect(await connect().update(key, { removeFromSet: { holders: 'b' } })).toStrictEqual({ ...key });
    });

    it('take an empty set as the removal of the attribute', async () => {
      const key = keyIn(fresh());
      await connect().put(key, { holders: new Set(['a']) });
      expect(await connect().update(key, { set: { holders: new Set() } })).toStrictEqual({ ...key });
    });

    it('may repeat the key but not change it', async () => {
      const key = keyIn(fresh());
      expect(await connect().update(key, { set: { ...key, a: 1 } })).toEqual({ a: 1, ...key });
      expect(await failure(connect().update(key, { set: { sk: 'B' } }))).toBeInstanceOf(Error);
    });

    it('refuse to change an attribute twice, or a number that is none', async () => {
      const key = keyIn(fresh());
      await connect().put(key, { a: 'text' });
      expect(await failure(connect().update(key, { set: { a: 1 }, remove: ['a'] }))).toBeInstanceOf(Error);
      expect(await failure(connect().update(key, { add: { a: 1 } }))).toBeInstanceOf(Error);
      expect(await connect().get(key)).toEqual({ a: 'text', ...key });
    });

    it('leave what was read before as it was', async () => {
      const key = keyIn(fresh());
      await connect().put(key, { a: 1, map: { b: 1 } });
      const before = await connect().get(key);
      await connect().update(key, { set: { a: 2, map: { b: 2 } } });
      expect(before).toEqual({ a: 1, map: { b: 1 }, ...key });
    });

    it('count every one of many at the same time', async () => {
      const key = keyIn(fresh());
      await Promise.all(Array.from({ length: 25 }, () => connect().update(key, { add: { count: 1 } })));
      expect(await connect().get(key)).toEqual({ count: 25, ...key });
    });
  });

  describe('conditions', () => {
    const item = { text: 'b', number: 5, yes: true, nothing: null, holders: new Set(['x', 'y']) };
    const cases: readonly [string, Condition, boolean][] = [
      ['nothing', {}, true],
      ['exists', { exists: true }, true],
      ['does not exist', { exists: false }, false],
      ['equals text', { equals: { text: 'b' } }, true],
      ['equals other text', { equals: { text: 'c' } }, false],
      ['equals number', { equals: { number: 5 } }, true],
      ['equals the number as text', { equals: { number: '5' } }, false],
      ['equals boolean', { equals: { yes: true } }, true],
      ['equals null', { equals: { nothing: null } }, true],
      ['null equals a missing attribute', { equals: { missing: null } }, false],
      ['all parts of equals', { equals: { text: 'b', number: 6 } }, false],
      ['one of', { oneOf: { text: ['a', 'b'] } }, true],
      ['one of numbers', { oneOf: { number: [4, 5] } }, true],
      ['one of others', { oneOf: { text: ['a', 'c'] } }, false],
      ['one of none', { oneOf: { text: [] } }, false],
      ['one of, missing', { oneOf: { missing: ['a'] } }, false],
      ['less than', { lessThan: { number: 6 } }, true],
      ['less than itself', { lessThan: { number: 5 } }, false],
      ['text less than', { lessThan: { text: 'ba' } }, true],
      ['text before the emoji and behind', { lessThan: { text: '\u{1F600}' } }, true],
      ['text less than a number', { lessThan: { text: 9 } }, false],
      ['less than, missing', { lessThan: { missing: 1 } }, false],
      ['less than, null', { lessThan: { nothing: 1 } }, false],
      ['fewer than 3', { fewerThan: { holders: 3 } }, true],
      ['fewer than 2', { fewerThan: { holders: 2 } }, false],
      ['fewer than, missing', { fewerThan: { missing: 1 } }, true],
      ['contains', { contains: { holders: 'x' } }, true],
      ['contains another', { contains: { holders: 'z' } }, false],
      ['contains, missing', { contains: { missing: 'x' } }, false],
      [
        'every kind of part',
        { exists: true, equals: { text: 'b' }, lessThan: { number: 6 }, contains: { holders: 'y' } },
        true,
      ],
      ['every kind of part but one', { exists: true, equals: { text: 'b' }, lessThan: { number: 5 } }, false],
      ['or: one holds', { or: [{ equals: { text: 'a' } }, { equals: { number: 5 } }] }, true],
      ['or: none holds', { or: [{ equals: { text: 'a' } }, { exists: false }] }, false],
      ['or: of one', { or: [{ equals: { text: 'b' } }] }, true],
      ['or: of none', { or: [] }, false],
      ['or: with a part that asks for nothing', { or: [{ exists: false }, {}] }, true],
      ['or beside another part', { equals: { text: 'a' }, or: [{ exists: true }] }, false],
      [
        'or: within or',
        { or: [{ exists: false }, { exists: true, or: [{ equals: { text: 'a' } }, { equals: { yes: true } }] }] },
        true,
      ],
      ['or: within or, only', { or: [{ or: [{ equals: { text: 'a' } }, { fewerThan: { holders: 2 } }] }] }, false],
      ['or: slots, as they are taken', { or: [{ fewerThan: { holders: 2 } }, { contains: { holders: 'y' } }] }, true],
    ];

    it.each(cases.filter(([name]) => !unable.includes(name)))('%s', async (_name, condition, holds) => {
      const key = keyIn(fresh());
      await connect().put(key, item);
      const error = await failure(connect().update(key, { set: { changed: true } }, condition));
      if (holds) expect(error).toBeUndefined();
      else expect(error).toMatchObject({ name: 'ConditionFailed', key });
      expect((await connect().get(key))?.changed).toBe(holds ? true : undefined);
      expect(await failure(connect().transact([{ kind: 'check', key, condition }]))).toEqual(
        holds ? undefined : expect.any(ConditionFailed),
      );
    });

    it.each<[string, Condition, boolean]>([
      ['nothing', {}, true],
      ['does not exist', { exists: false }, true],
      ['exists', { exists: true }, false],
      ['equals', { equals: { a: 1 } }, false],
      ['less than', { lessThan: { a: 1 } }, false],
      ['fewer than', { fewerThan: { a: 1 } }, true],
      ['none or expired', { or: [{ exists: false }, { lessThan: { expiresAt: '2026' } }] }, true],
    ])('of an item that is not there: %s', async (_name, condition, holds) => {
      const key = keyIn(fresh());
      const error = await failure(connect().put(key, { a: 1 }, condition));
      expect(error).toEqual(holds ? undefined : expect.any(ConditionFailed));
      expect(await connect().get(key)).toEqual(holds ? { a: 1, ...key } : undefined);
    });

    it('hold for deletes too', async () => {
      const key = keyIn(fresh());
      await connect().put(key, { owner: 'a' });
      expect(await failure(connect().delete(key, { equals: { owner: 'b' } }))).toMatchObject({ key });
      await connect().delete(key, { equals: { owner: 'a' } });
      expect(await failure(connect().delete(key, { equals: { owner: 'a' } }))).toBeInstanceOf(ConditionFailed);
    });

    it('let exactly one of many win', async () => {
      const key = keyIn(fresh());
      const errors = await Promise.all(
        Array.from({ length: 25 }, (_, index) => failure(connect().put(key, { winner: index }, { exists: false }))),
      );
      expect(errors.filter((error) => error === undefined)).toHaveLength(1);
      expect(errors.filter((error) => error instanceof ConditionFailed)).toHaveLength(24);
    });

    it('give out no more slots than there are', async () => {
      const key = keyIn(fresh());
      const take = (name: string) =>
        connect().update(
          key,
          { addToSet: { holders: name } },
          { or: [{ fewerThan: { holders: 3 } }, { contains: { holders: name } }] },
        );
      const errors = await Promise.all(Array.from({ length: 20 }, (_, index) => failure(take(`s${index % 10}`))));
      const { holders } = (await connect().get(key)) as unknown as { holders: Set<string> };
      expect(holders.size).toBe(3);
      expect(errors.filter((error) => error === undefined)).toHaveLength(6);
    });
  });

  describe('transactions', () => {
    it('write everything', async () => {
      const pk = fresh();
      await connect().put(keyIn(pk, 'changed'), { count: 1 });
      await connect().put(keyIn(pk, 'deleted'), { a: 1 });
      await connect().put(keyIn(pk, 'checked'), { fence: 7 });
      await connect().transact([
        { kind: 'put', key: keyIn(pk, 'new'), item: { a: 1 }, condition: { exists: false } },
        {
          kind: 'update',
          key: keyIn(pk, 'changed'),
          changes: { add: { count: 1 } },
          condition: { equals: { count: 1 } },
        },
        { kind: 'delete', key: keyIn(pk, 'deleted') },
        { kind: 'check', key: keyIn(pk, 'checked'), condition: { equals: { fence: 7 } } },
      ]);
      expect((await connect().query({ partition: pk })).items).toEqual(
        [
          { fence: 7, ...keyIn(pk, 'checked') },
          { count: 2, ...keyIn(pk, 'changed') },
          { a: 1, ...keyIn(pk, 'new') },
        ].sort((left, right) => left.sk.localeCompare(right.sk)),
      );
    });

    it('write nothing where one condition fails, and name the first that did', async () => {
      const pk = fresh();
      await connect().put(keyIn(pk, 'there'), { a: 1 });
      const error = await failure(
        connect().transact([
          { kind: 'put', key: keyIn(pk, 'one'), item: {} },
          { kind: 'update', key: keyIn(pk, 'there'), changes: { set: { a: 2 } } },
          { kind: 'check', key: keyIn(pk, 'first'), condition: { exists: true } },
          { kind: 'put', key: keyIn(pk, 'second'), item: {}, condition: { exists: true } },
        ]),
      );
      expect(error).toBeInstanceOf(ConditionFailed);
      expect(error).toMatchObject({ name: 'ConditionFailed', key: keyIn(pk, 'first') });
      expect((await connect().query({ partition: pk })).items).toEqual([{ a: 1, ...keyIn(pk, 'there') }]);
    });

    it('take an update that changes nothing, and no writes at all', async () => {
      const key = keyIn(fresh());
      await connect().put(key, { a: 1 });
      await connect().transact([{ kind: 'update', key, changes: {}, condition: { exists: true } }]);
      await connect().transact([]);
      expect(await connect().get(key)).toEqual({ a: 1, ...key });
    });

    it('refuse two writes of one item, and more than 100', async () => {
      const pk = fresh();
      const put = (sk: string) => ({ kind: 'put' as const, key: keyIn(pk, sk), item: {} });
      expect(await failure(connect().transact([put('A'), put('A')]))).toBeInstanceOf(Error);
      expect(
        await failure(connect().transact(Array.from({ length: 101 }, (_, index) => put(`${index}`)))),
      ).toBeInstanceOf(Error);
      expect((await connect().query({ partition: pk })).items).toEqual([]);
      await connect().transact(Array.from({ length: 100 }, (_, index) => put(`${index}`)));
      expect((await connect().query({ partition: pk })).items).toHaveLength(100);
    });

    const chain = 'let exactly one of several win the same number of a chain';
    const test = unable.includes(chain) ? undefined : it;
    test?.(chain, async () => {
      const pk = fresh();
      const errors = await Promise.all(
        Array.from({ length: 10 }, (_, index) =>
          failure(
            connect().transact([
              { kind: 'put', key: keyIn(pk, 'AUDIT#1'), item: { by: index }, condition: { exists: false } },
              { kind: 'update', key: keyIn(pk, 'RECORD'), changes: { add: { writes: 1 } } },
            ]),
          ),
        ),
      );
      expect(errors.filter((error) => error === undefined)).toHaveLength(1);
      expect(await connect().get(keyIn(pk, 'RECORD'))).toMatchObject({ writes: 1 });
    });
  });

  describe('putAll', () => {
    it('writes any number of items', async () => {
      const pk = fresh();
      const items = Array.from({ length: 260 }, (_, index) => ({
        key: keyIn(pk, String(index).padStart(4, '0')),
        item: { index },
      }));
      await connect().putAll(items);
      expect((await allPages(connect(), { partition: pk })).map(({ index }) => index)).toEqual(
        items.map(({ item }) => item.index),
      );
    });

    it('keeps the last of several items under one key, and takes an empty list', async () => {
      const key = keyIn(fresh());
      await connect().putAll([]);
      await connect().putAll([
        { key, item: { a: 1 } },
        { key, item: { a: 2 } },
      ]);
      expect(await connect().get(key)).toEqual({ a: 2, ...key });
    });
  });

  describe('queries by key', () => {
    const filled = async (keys: readonly string[]): Promise<string> => {
      const pk = fresh();
      await connect().putAll(keys.map((sk) => ({ key: keyIn(pk, sk), item: {} })));
      return pk;
    };

    it('give nothing for a partition that is not there', async () => {
      expect(await connect().query({ partition: fresh() })).toEqual({ items: [], next: null });
    });

    it('are in order, both ways', async () => {
      const partition = await filled(['b', 'a', 'C', 'a#1', 'ä', '10', '9']);
      const order = ['10', '9', 'C', 'a', 'a#1', 'b', 'ä'];
      expect(sortKeys((await connect().query({ partition })).items)).toEqual(order);
      expect(sortKeys((await connect().query({ partition, descending: true })).items)).toEqual(order.toReversed());
    });

    it('choose by prefix, by upper bound and by both', async () => {
      const partition = await filled(['A', 'S#1', 'S#2', 'S#2x', 'S#3', 'T']);
      const found = async (query: Omit<Query, 'partition'>) =>
        sortKeys((await connect().query({ partition, ...query })).items);
      expect(await found({ prefix: 'S#' })).toEqual(['S#1', 'S#2', 'S#2x', 'S#3']);
      expect(await found({ prefix: '' })).toHaveLength(6);
      expect(await found({ upTo: 'S#2' })).toEqual(['A', 'S#1', 'S#2']);
      expect(await found({ prefix: 'S#', upTo: 'S#2' })).toEqual(['S#1', 'S#2']);
      expect(await found({ prefix: 'S#', upTo: 'S#2', descending: true })).toEqual(['S#2', 'S#1']);
      expect(await found({ prefix: 'S#', upTo: 'Z' })).toEqual(['S#1', 'S#2', 'S#2x', 'S#3']);
      expect(await found({ prefix: 'S#', upTo: 'B' })).toEqual([]);
      expect(await found({ upTo: '' })).toEqual([]);
    });

    it.each([false, true])('go on where the page before ended (descending: %s)', async (descending) => {
      const keys = Array.from({ length: 25 }, (_, index) => `K${String(index).padStart(2, '0')}`);
      const partition = await filled(keys);
      const first = await connect().query({ partition, limit: 10, descending });
      expect(first.items).toHaveLength(10);
      expect(first.next).toMatch(/^[\w-]+$/);
      const all = sortKeys(await allPages(connect(), { partition, limit: 10, descending }));
      expect(all).toEqual(descending ? keys.toReversed() : keys);
      const chosen = sortKeys(
        await allPages(connect(), { partition, prefix: 'K1', upTo: 'K15', limit: 2, descending }),
      );
      expect(chosen).toEqual(descending ? keys.slice(10, 16).toReversed() : keys.slice(10, 16));
    });

    it('go on from an item that is gone by now, and see what came meanwhile', async () => {
      const partition = await filled(['a', 'b', 'd', 'e']);
      const { next } = await connect().query({ partition, limit: 2 });
      await connect().delete(keyIn(partition, 'b'));
      await connect().put(keyIn(partition, 'c'), {});
      expect(sortKeys(await allPages(connect(), { partition, after: next! }))).toEqual(['c', 'd', 'e']);
    });

    it('show what was deleted, put again and changed', async () => {
      const keys = Array.from({ length: 120 }, (_, index) => String(index).padStart(3, '0'));
      const partition = await filled(keys);
      await Promise.all(keys.slice(0, 90).map((sk) => connect().delete(keyIn(partition, sk))));
      expect(sortKeys(await allPages(connect(), { partition }))).toEqual(keys.slice(90));
      await connect().put(keyIn(partition, '050'), { again: true });
      await connect().update(keyIn(partition, '100'), { set: { changed: true } });
      const items = await allPages(connect(), { partition });
      expect(sortKeys(items)).toEqual(['050', ...keys.slice(90)]);
      expect(items.filter((item) => item.again ?? item.changed)).toHaveLength(2);
    });
  });

  describe('queries by index', () => {
    it('give the items that have both attributes, in the order of isk', async () => {
      const [pk, ipk] = [fresh(), fresh('I')];
      await connect().put(keyIn(pk, '1'), { ipk, isk: 'b', a: 1 });
      await connect().put(keyIn(pk, '2'), { ipk, isk: 'a' });
      await connect().put(keyIn(pk, '3'), { ipk });
      await connect().put(keyIn(pk, '4'), { isk: 'a' });
      const { items } = await connect().query({ index: 'byIndex', partition: ipk });
      expect(items).toEqual([
        { ipk, isk: 'a', ...keyIn(pk, '2') },
        { ipk, isk: 'b', a: 1, ...keyIn(pk, '1') },
      ]);
    });

    it('follow changes: moved, taken out, deleted', async () => {
      const [pk, ipk] = [fresh(), fresh('I')];
      for (const sk of ['1', '2', '3', '4']) await connect().put(keyIn(pk, sk), { ipk, isk: `2026-0${sk}` });
      await connect().update(keyIn(pk, '1'), { set: { isk: '2026-09' } });
      await connect().update(keyIn(pk, '2'), { remove: ['ipk'] });
      await connect().delete(keyIn(pk, '3'));
      await connect().update(keyIn(pk, '4'), { set: { a: 1 } });
      const found = async (query: Omit<Query, 'partition'>) =>
        (await connect().query({ index: 'byIndex', partition: ipk, ...query })).items;
      expect(await found({})).toMatchObject([{ sk: '4', a: 1 }, { sk: '1' }]);
      expect(sortKeys(await found({ upTo: '2026-04' }))).toEqual(['4']);
      expect(sortKeys(await found({ upTo: '2026-04-30' }))).toEqual(['4']);
      expect(sortKeys(await found({ prefix: '2026-09' }))).toEqual(['1']);
      expect(sortKeys(await found({ upTo: '2026-03' }))).toEqual([]);
    });

    it.each([false, true])('page through equal sort keys without loss (descending: %s)', async (descending) => {
      const ipk = fresh('I');
      const keys = Array.from({ length: 12 }, (_, index) => keyIn(fresh(), `S${index}`));
      await connect().putAll(keys.map((key, index) => ({ key, item: { ipk, isk: index < 9 ? 'same' : 'z' } })));
      const items = await allPages(connect(), { index: 'byIndex', partition: ipk, limit: 5, descending });
      expect(new Set(items.map(({ pk }) => pk))).toEqual(new Set(keys.map(({ pk }) => pk)));
      expect(items).toHaveLength(12);
      expect(items.at(descending ? 0 : -1)).toMatchObject({ isk: 'z' });
    });
  });
};
