import { describe, expect, it } from '@jest/globals';
import { ConditionFailed, type Table } from '../../../domain/ports/table.ts';
import { claimFamily, releaseFamily } from '../../../domain/store/deduplication.ts';
import { grantHold, type Hold } from '../../../domain/store/holds.ts';
import { releaseLease, takeLease } from '../../../domain/store/leases.ts';
import { pace } from '../../../domain/store/pace.ts';
import { rememberParameter } from '../../../domain/store/parameters.ts';
import { takeSlot } from '../../../domain/store/slots.ts';
import { forgetWait, postponeWait } from '../../../domain/store/waits.ts';
import { here, newImage, oldImage } from '../fakes/names.ts';
import { aWait } from '../fakes/wait.ts';
import { aWorld, type World } from '../fakes/world.ts';

/** A table that reads and does not write. */
const broken = (error: Error, world = aWorld()): World => {
  const fail = () => Promise.reject(error);
  const table: Table = { ...world.table, put: fail, update: fail, delete: fail, transact: fail };
  return { ...world, table };
};
const wait = { ...aWait(), schemaVersion: 1, sweeps: 0, pk: 'p', sk: 's' };
const hold: Hold = { ...wait, group: 'g', order: 1, granted: false };
const slot = { campaignId: 'campaign-1', target: here, direction: 'forward', stackId: 'a' } as const;
const parameter = {
  campaignId: 'campaign-1',
  ...here,
  name: '/golden/image',
  previous: { value: oldImage, version: 1 },
  image: newImage,
};

describe('a table that does not answer', () => {
  it.each<[string, (world: World) => Promise<unknown>]>([
    ['claiming a family', (world) => claimFamily(world, { campaignId: 'campaign-1', family: 'f' })],
    ['releasing a family', (world) => releaseFamily(world, { campaignId: 'campaign-1', family: 'f' })],
    ['taking a lease', (world) => takeLease(world, 'campaign-1', 'a')],
    ['giving a lease back', (world) => releaseLease(world, 'campaign-1', 'a')],
    ['taking a slot', (world) => takeSlot(world, slot, 1)],
    ['granting a hold', (world) => grantHold(world, hold, true)],
    ['waiting for a turn', (world) => pace(world, here, 'claim')],
    ['remembering a parameter', (world) => rememberParameter(world, parameter)],
    ['forgetting a wait', (world) => forgetWait(world, wait)],
    ['postponing a wait', (world) => postponeWait(world, wait, world.clock.now())],
  ])('is not taken for an answer when %s', async (_what, work) => {
    await expect(work(broken(new Error('no network')))).rejects.toThrow('no network');
  });

  it('is not taken for a long queue either', async () => {
    const world = aWorld();
    let calls = 0;
    const update: Table['update'] = (key) => {
      calls += 1;
      return Promise.reject(calls === 1 ? new ConditionFailed(key) : new Error('no network'));
    };
    await expect(pace({ ...world, table: { ...world.table, update } }, here, 'claim')).rejects.toThrow('no network');
  });
});
