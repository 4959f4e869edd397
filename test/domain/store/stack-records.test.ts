import { describe, expect, it } from '@jest/globals';
import type { StackRecord } from '../../../domain/records/stack-record.ts';
import { keys } from '../../../domain/store/keys.ts';
import { changeStack, getStackRecord, stackRecords } from '../../../domain/store/stack-records.ts';
import { readAgain, seedStack, seedStacks, trailOf } from '../fakes/seed.ts';
import { aStackRecord } from '../fakes/stack-record.ts';
import { aWorld, type World } from '../fakes/world.ts';

const decision = { who: 'test', what: 'changed', why: '' };
const names = async (records: AsyncIterable<StackRecord>) =>
  (await Array.fromAsync(records)).map(({ stackName }) => stackName).sort();

describe('changeStack', () => {
  it('writes the record and its trail together', async () => {
    const world = aWorld();
    const record = await seedStack(world);
    const after = await changeStack(world, record, { status: 'updating' }, decision);
    expect(after).toEqual(await readAgain(world, record));
    const [entry] = await trailOf(world, 'campaign-1', record.stackId);
    expect(after).toMatchObject({ status: 'updating', revision: 1, audit: { sequence: 1, head: entry?.hash } });
  });

  it('links the entries of one stack to each other', async () => {
    const world = aWorld();
    const record = await seedStack(world);
    await changeStack(world, await changeStack(world, record, {}, decision), {}, decision);
    const [first, second] = await trailOf(world, 'campaign-1', record.stackId);
    expect(second).toMatchObject({ sequence: 2, previousHash: first?.hash });
  });

  it('refuses to write over what it has not read, and leaves the trail as it was', async () => {
    const world = aWorld();
    const record = await seedStack(world);
    await changeStack(world, record, { status: 'updating' }, decision);
    await expect(changeStack(world, record, { status: 'skipped' }, decision)).rejects.toMatchObject({
      name: 'RecordChanged',
      message: 'the record of app-0001 changed while it was being worked on',
    });
    expect(await readAgain(world, record)).toMatchObject({ status: 'updating', revision: 1 });
    expect(await trailOf(world, 'campaign-1', record.stackId)).toHaveLength(1);
  });

  it('lets exactly one of several writers through', async () => {
    const world = aWorld();
    const record = await seedStack(world);
    const results = await Promise.allSettled(
      ['a', 'b', 'c'].map((reason) => changeStack(world, record, { reason }, { ...decision, what: reason })),
    );
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    const { reason } = await readAgain(world, record);
    expect(await trailOf(world, 'campaign-1', record.stackId)).toMatchObject([{ what: reason }]);
  });

  it('writes all or nothing with what belongs to it', async () => {
    const world = aWorld();
    const record = await seedStack(world);
    const key = keys.wait('x');
    await world.table.put(key, { schemaVersion: 1 });
    const change = changeStack(world, record, { status: 'updating' }, decision, [
      { kind: 'put', key, item: { schemaVersion: 1 }, condition: { exists: false } },
    ]);
    await expect(change).rejects.toMatchObject({ name: 'RecordChanged' });
    expect(await readAgain(world, record)).toEqual(record);
  });

  it('passes on any other trouble of the table', async () => {
    const world = aWorld();
    const record = await seedStack(world);
    const table: World['table'] = { ...world.table, transact: () => Promise.reject(new Error('no network')) };
    await expect(changeStack({ ...world, table }, record, {}, decision)).rejects.toThrow('no network');
  });
});

describe('stackRecords', () => {
  it('gives all records of the campaign, or of one ring and not of its namesakes', async () => {
    const world = aWorld();
    await seedStacks(
      world,
      aStackRecord({ stackName: 'a' }),
      aStackRecord({ stackName: 'b', ring: 'canary-2' }),
      aStackRecord({ stackName: 'c', campaignId: 'campaign-2' }),
    );
    expect(await names(stackRecords(world, 'campaign-1'))).toEqual(['a', 'b']);
    expect(await names(stackRecords(world, 'campaign-1', 'canary'))).toEqual(['a']);
  });

  it('gives further pages too', async () => {
    const world = aWorld();
    await seedStacks(
      world,
      ...Array.from({ length: 1100 }, (_, order) => aStackRecord({ stackName: `app-${order}`, order })),
    );
    expect(await names(stackRecords(world, 'campaign-1', 'canary'))).toHaveLength(1100);
  });
});

describe('getStackRecord', () => {
  it('says what the plan does not have', async () => {
    await expect(getStackRecord(aWorld(), aStackRecord({ stackId: 'x' }))).rejects.toThrow(
      'the plan of campaign campaign-1 has no stack x in ring canary',
    );
  });
});
