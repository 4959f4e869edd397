import { describe, expect, it } from '@jest/globals';
import { findWait, forgetWait, overdueWaits, postponeWait, storeWait } from '../../../domain/store/waits.ts';
import { aWait } from '../fakes/wait.ts';
import { aWorld, type World } from '../fakes/world.ts';

const overdue = async (world: World) => Array.fromAsync(overdueWaits(world, world.clock.now()));

describe('waits', () => {
  it('are found by what the completing event carries', async () => {
    const world = aWorld();
    await storeWait(world, aWait({ key: 'ar-1' }));
    expect(await findWait(world, 'ar-1')).toMatchObject({
      key: 'ar-1',
      taskToken: 'token-1',
      schemaVersion: 1,
      sweeps: 0,
    });
    expect(await findWait(world, 'ar-2')).toBeUndefined();
  });

  it('are bound to the token of the last invocation', async () => {
    const world = aWorld();
    await storeWait(world, aWait());
    await storeWait(world, aWait({ taskToken: 'token-2' }));
    expect(await findWait(world, aWait().key)).toMatchObject({ taskToken: 'token-2' });
    await forgetWait(world, aWait({ taskToken: 'token-1' }));
    expect(await findWait(world, aWait().key)).toBeDefined();
    await forgetWait(world, aWait({ taskToken: 'token-2' }));
    expect(await findWait(world, aWait().key)).toBeUndefined();
  });

  it('are overdue from their time on, longest overdue first', async () => {
    const world = aWorld();
    await storeWait(world, aWait({ key: 'late', overdueAt: '2026-11-22T12:30:00.000Z' }));
    await storeWait(world, aWait({ key: 'early', overdueAt: '2026-11-22T12:10:00.000Z' }));
    expect(await overdue(world)).toEqual([]);
    world.clock.advance(10);
    expect(await overdue(world)).toMatchObject([{ key: 'early' }]);
    world.clock.advance(20);
    expect(await overdue(world)).toMatchObject([{ key: 'early' }, { key: 'late' }]);
  });

  it('are postponed twice as long each time', async () => {
    const world = aWorld();
    await storeWait(world, aWait());
    const looks: number[] = [];
    for (let minute = 1; minute <= 45 * 16; minute += 1) {
      world.clock.advance(1);
      for (const wait of await overdue(world)) {
        looks.push(minute);
        await postponeWait(world, wait, world.clock.now());
      }
    }
    expect(looks).toEqual([45, 90, 180, 360, 720]);
    expect(await findWait(world, aWait().key)).toMatchObject({ sweeps: 5 });
  });

  it('are postponed by no more than what is asked for', async () => {
    const world = aWorld();
    await storeWait(world, aWait());
    world.clock.advance(45);
    const [wait] = await overdue(world);
    await postponeWait(world, wait!, world.clock.now(), 5);
    world.clock.advance(5);
    expect(await overdue(world)).toMatchObject([{ sweeps: 1 }]);
  });

  it('are not postponed once they are bound to another token or over', async () => {
    const world = aWorld();
    await storeWait(world, aWait());
    world.clock.advance(45);
    const [wait] = await overdue(world);
    await storeWait(world, aWait({ taskToken: 'token-2' }));
    await postponeWait(world, wait!, world.clock.now());
    expect(await overdue(world)).toMatchObject([{ taskToken: 'token-2', sweeps: 0 }]);
    await forgetWait(world, aWait({ taskToken: 'token-2' }));
    await postponeWait(world, wait!, world.clock.now());
    expect(await findWait(world, aWait().key)).toBeUndefined();
  });
});
