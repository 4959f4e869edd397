import { beforeEach, describe, expect, it } from '@jest/globals';
import { listStacks } from '../../../domain/operating/list-stacks.ts';
import { SeenStacks } from '../../../domain/operating/seen-stacks.ts';
import { viewCampaign } from '../../../domain/operating/view-campaign.ts';
import type { StackRecord } from '../../../domain/records/stack-record.ts';
import { changeCampaign } from '../../../domain/store/campaigns.ts';
import { changeStack } from '../../../domain/store/stack-records.ts';
import { countingTable, type TableCounts } from '../../../rehearsal/run/counting-table.ts';
import { readAgain, seedCampaign, seedStacks } from '../fakes/seed.ts';
import { aStackRecord } from '../fakes/stack-record.ts';
import { aWorld, type World } from '../fakes/world.ts';

const decision = { who: 'Record Stack', what: 'done', why: '' };

describe('a campaign of ten thousand stacks that is looked at again and again', () => {
  let world: World;
  let counts: TableCounts;
  let records: readonly StackRecord[];
  let seen: SeenStacks;

  const view = async () => (await viewCampaign(world, seen)('campaign-1'))!;
  /** What it reads, in units of one item each. */
  const reading = async (ask: () => Promise<unknown>): Promise<number> => {
    const before = counts.reads;
    await ask();
    return counts.reads - before;
  };
  const change = async (index: number, changes: Partial<StackRecord>): Promise<void> => {
    await changeStack(world, await readAgain(world, records[index]!), changes, decision);
  };
  const pass = (seconds: number): void => world.clock.advance(seconds / 60);

  beforeEach(async () => {
    world = aWorld();
    counts = { reads: 0, writes: 0 };
    records = Array.from({ length: 10_000 }, (_, order) =>
      aStackRecord({ stackName: `app-${order}`, order, ring: order < 500 ? 'canary' : 'full' }),
    );
    await seedCampaign(world, { planHash: 'a1', planned: 10_000, ringNames: ['canary', 'full'] });
    await seedStacks(world, ...records);
    world = { ...world, table: countingTable(world.table, counts) };
    seen = new SeenStacks();
  });

  it('costs all of its records once, and what has changed from then on', async () => {
    expect(await reading(view)).toBeGreaterThan(5_000);
    pass(3);
    expect(await reading(view)).toBeLessThan(10);
    for (const index of [3, 700, 9_999]) await change(index, { status: 'done' });
    pass(3);
    expect(
      await reading(async () => expect((await view()).counts).toMatchObject({ done: 3, pending: 9_997 })),
    ).toBeLessThan(15);
    expect((await view()).rings.map((ring) => ring.counts.done)).toEqual([1, 2]);
  });

  it('shows at every look what the records say', async () => {
    for (let round = 0; round < 20; round += 1) {
      for (let n = 0; n < 5; n += 1)
        await change((round * 37 + n * 911) % 10_000, { status: n % 2 === 0 ? 'updating' : 'failed', reason: `r${n}` });
      pass(round % 3 === 0 ? 40 : 2);
      const { counts: shown, causes } = await view();
      const { counts: fresh, causes: freshCauses } = (await viewCampaign(world)('campaign-1'))!;
      expect(shown).toEqual(fresh);
      expect(causes).toEqual(freshCauses);
    }
  });

  it('reads all again after a while, after a restart of the plan, and once after the end', async () => {
    await view();
    pass(11 * 60);
    expect(await reading(view)).toBeGreaterThan(5_000);
    pass(3);
    await changeCampaign(world, 'campaign-1', { planHash: 'b2' }, decision);
    expect(await reading(view)).toBeGreaterThan(5_000);
    const endedAt = world.clock.now().toISOString();
    await changeCampaign(world, 'campaign-1', { endedAt, outcome: 'PROMOTED', phase: 'closed' }, decision);
    pass(11 * 60);
    expect(await reading(view)).toBeGreaterThan(5_000);
    pass(24 * 3600);
    expect(await reading(view)).toBeLessThan(10);
  });

  it('reads all again where more has happened than is worth following', async () => {
    await view();
    for (let index = 0; index < 600; index += 1) await change(index, { status: 'done' });
    pass(3);
    expect(await reading(async () => expect((await view()).counts.done).toBe(600))).toBeGreaterThan(5_000);
  });

  it('knows nothing of another world behind the same connection', async () => {
    await view();
    const other = aWorld();
    await seedCampaign(other, { planHash: 'a1', planned: 1, ringNames: ['canary'] });
    await seedStacks(other, aStackRecord({ status: 'done' }));
    other.clock.advance(1);
    expect((await viewCampaign(other, seen)('campaign-1'))?.counts).toMatchObject({ done: 1, pending: 0 });
  });

  it('finds the few stacks of one status page by page, without reading the others', async () => {
    await view();
    for (const index of [10, 600, 5_000, 9_000]) await change(index, { status: 'failed', reason: 'broken' });
    pass(3);
    const campaign = (await view()).campaign;
    const page = (cursor: string | null, ring: string | null = null) =>
      listStacks(world)('campaign-1', { ring, status: 'failed', limit: 3, cursor }, () => seen.of(world, campaign));
    const before = counts.reads;
    const first = await page(null);
    const second = await page(first.next);
    expect(counts.reads - before).toBeLessThan(30);
    expect([...first.items, ...second.items].map(({ stackName }) => stackName).sort()).toEqual([
      'app-10',
      'app-5000',
      'app-600',
      'app-9000',
    ]);
    expect(second.next).toBeNull();
    expect((await page(null, 'canary')).items.map(({ stackName }) => stackName)).toEqual(['app-10']);
    await expect(page('bm8')).rejects.toThrow('is none of this list');
  });
});
