import { describe, expect, it } from '@jest/globals';
import { claim } from '../../../domain/stack/claim.ts';
import { freeSlotAndWakeNext, wakeGroup } from '../../../domain/stack/wake.ts';
import { grantHold, storeHold, waitingHolds } from '../../../domain/store/holds.ts';
import { overdueWaits, postponeWait } from '../../../domain/store/waits.ts';
import { holdGroups, keys } from '../../../domain/store/keys.ts';
import { takeSlot } from '../../../domain/store/slots.ts';
import { here } from '../fakes/names.ts';
import { seedStack } from '../fakes/seed.ts';
import { aStackRecord, aTask } from '../fakes/stack-record.ts';
import { aStack } from '../fakes/stacks.ts';
import { aWait } from '../fakes/wait.ts';
import { aWorld, type World } from '../fakes/world.ts';

const slots = holdGroups.target('campaign-1', here, 'forward');
const slot = (stackId: string) => ({ campaignId: 'campaign-1', target: here, direction: 'forward', stackId }) as const;
/** A claim of the stack that waits in the group, in its place of the plan. */
const waiting = (world: World, order: number, stackId: string, group = slots) =>
  storeHold(
    world,
    group,
    order,
    aWait({ key: `hold#${stackId}`, kind: 'hold', stackId, taskToken: `token-${stackId}`, context: { stackId } }),
  );
const free = (world: World, stackId: string, cap = 2) => freeSlotAndWakeNext(world, slot(stackId), cap);
const inGroup = (world: World, group = slots) => Array.fromAsync(waitingHolds(world, group));
const woken = (world: World) =>
  world.functions.queued.map(({ payload }) => (payload as { taskToken: string }).taskToken);
const holders = async (world: World) => {
  const item = await world.table.get(keys.slots('campaign-1', here, 'forward'));
  return [...((item?.['holders'] as Set<string> | undefined) ?? [])].sort();
};
const full = async (world: World, ...stackIds: string[]) => {
  for (const stackId of stackIds) await takeSlot(world, slot(stackId), 99);
};

describe('freeSlotAndWakeNext', () => {
  it('hands the slot to the first of the plan, whoever came first', async () => {
    const world = aWorld();
    await full(world, 'a', 'b');
    await waiting(world, 11, 'late');
    await waiting(world, 9, 'early');
    await free(world, 'a');
    expect(world.functions.queued).toEqual([
      { functionName: 'claim-stack', payload: { stackId: 'early', taskToken: 'token-early' } },
    ]);
    expect(await holders(world)).toEqual(['b', 'early']);
  });

  it('wakes one for each slot, and none twice', async () => {
    const world = aWorld();
    await full(world, 'a', 'b');
    for (const [order, stackId] of ['c', 'd', 'e'].entries()) await waiting(world, order, stackId);
    await Promise.all([free(world, 'a'), free(world, 'b')]);
    expect(woken(world).sort()).toEqual(['token-c', 'token-d']);
    expect(await holders(world)).toEqual(['c', 'd']);
  });

  it('hands nothing on when it is told a second time', async () => {
    const world = aWorld();
    await full(world, 'a', 'b');
    await waiting(world, 1, 'c');
    await waiting(world, 2, 'd');
    await free(world, 'a');
    await free(world, 'a');
    expect(woken(world)).toEqual(['token-c']);
    expect(await inGroup(world)).toMatchObject([{ stackId: 'd', granted: false }]);
  });

  it('leaves the waiting alone while more hold slots than the ring allows', async () => {
    const world = aWorld();
    await full(world, 'a', 'b', 'c');
    await waiting(world, 1, 'd');
    await free(world, 'a');
    expect(woken(world)).toEqual([]);
    expect(await inGroup(world)).toMatchObject([{ stackId: 'd' }]);
  });

  it('frees the slot where nobody waits', async () => {
    const world = aWorld();
    await full(world, 'a');
    await free(world, 'a');
    expect(await holders(world)).toEqual([]);
    expect(woken(world)).toEqual([]);
  });

  it('finds the next one also behind many that are on their way already', async () => {
    const world = aWorld();
    await full(world, 'a');
    for (let order = 0; order < 60; order += 1) await waiting(world, order, `w${order}`);
    for (const hold of (await inGroup(world)).slice(0, 59)) await grantHold(world, hold, true);
    await free(world, 'a', 60);
    expect(woken(world)).toEqual(['token-w59']);
  });

  it('is not spent on a stack that has a slot by now and waits for something else', async () => {
    const world = aWorld();
    const record = await seedStack(world, aStackRecord({ order: 1 }));
    world.stacks.put(aStack({ status: 'UPDATE_IN_PROGRESS' }));
    await full(world, ...Array.from({ length: 10 }, (_, index) => `s${index}`));
    // A slot becomes free in the moment between the claim's first look and its hold.
    const table: World['table'] = {
      ...world.table,
      put: async (key, item, condition) => {
        await world.table.put(key, item, condition);
        if (key.pk === `HOLD#${slots}`)
          await world.table.update(keys.slots('campaign-1', here, 'forward'), { removeFromSet: { holders: 's0' } });
      },
    };
    await claim({ ...world, table })(aTask(record));
    await waiting(world, 2, 'next');
    await free(world, 's1', 10);
    expect(woken(world)).toEqual(['token-next']);
  });
});

describe('wakeGroup', () => {
  it('wakes everybody in the group, once', async () => {
    const world = aWorld();
    await waiting(world, 1, 'a', 'busy');
    await waiting(world, 2, 'b', 'busy');
    await waiting(world, 1, 'c', 'other');
    await Promise.all([wakeGroup(world, 'busy'), wakeGroup(world, 'busy')]);
    expect(woken(world).sort()).toEqual(['token-a', 'token-b']);
  });

  it('wakes a claim again that has had to go back to waiting', async () => {
    const world = aWorld();
    await waiting(world, 1, 'a', 'busy');
    await wakeGroup(world, 'busy');
    await waiting(world, 1, 'a', 'busy');
    await wakeGroup(world, 'busy');
    expect(woken(world)).toEqual(['token-a', 'token-a']);
  });
});

describe('grantHold', () => {
  it('takes a hold only as it was read: a newer token is somebody else to wake', async () => {
    const world = aWorld();
    await waiting(world, 1, 'a');
    const [hold] = await inGroup(world);
    await storeHold(world, slots, 1, aWait({ stackId: 'a', taskToken: 'token-newer' }));
    expect(await grantHold(world, hold!, true)).toBe(false);
    expect(await inGroup(world)).toMatchObject([{ taskToken: 'token-newer', granted: false }]);
  });
});

describe('a claim that is held again', () => {
  it('keeps the number of its sweeps and the time of the next, so that a long halt wakes it ever more seldom', async () => {
    const world = aWorld();
    const claim = (taskToken = 'token-1') => {
      const created = world.clock.now();
      const overdueAt = new Date(created.getTime() + 45 * 60_000).toISOString();
      const wait = aWait({ kind: 'hold', stackId: 'a', taskToken, createdAt: created.toISOString(), overdueAt });
      return storeHold(world, 'halted#campaign-1', 1, wait);
    };
    await claim();
    const looks: number[] = [];
    for (let minute = 5; minute <= 16 * 60; minute += 5) {
      world.clock.advance(5);
      for await (const wait of overdueWaits(world, world.clock.now())) {
        looks.push(minute);
        await postponeWait(world, wait, world.clock.now());
        await claim();
      }
    }
    expect(looks).toEqual([45, 90, 180, 360, 600, 840]);
    await claim('token-2');
    expect((await Array.fromAsync(waitingHolds(world, 'halted#campaign-1')))[0]?.sweeps).toBe(0);
  });
});
