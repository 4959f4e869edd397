import { describe, expect, it } from '@jest/globals';
import type { Configuration } from '../../../domain/configuration.ts';
import { recheck } from '../../../domain/gating/recheck.ts';
import type { StackRecord } from '../../../domain/records/stack-record.ts';
import { verdictsOf } from '../../../domain/store/verdicts.ts';
import { aConfiguration } from '../fakes/configuration.ts';
import { anImage } from '../fakes/images.ts';
import { newImage, there } from '../fakes/names.ts';
import { seedCampaign, seedStacks } from '../fakes/seed.ts';
import { aStackRecord } from '../fakes/stack-record.ts';
import { aWorld, type World } from '../fakes/world.ts';

const done = (stackName: string, over: Partial<StackRecord> = {}) =>
  aStackRecord({ stackName, status: 'done', claimedAt: '2026-11-22T11:00:00.000Z', ...over });
const worldWith = async (records: readonly StackRecord[] = [], over: Partial<Configuration> = {}) => {
  const world = aWorld(over);
  await seedCampaign(world);
  await seedStacks(world, ...records);
  world.images.put(anImage(), anImage({ region: 'us-east-1' }));
  return world;
};
const run = async (world: World, ring = 'canary') => (await recheck(world)({ campaignId: 'campaign-1', ring })).verdict;

describe('recheck', () => {
  it('passes where image, scan and alarms are as they were', async () => {
    const world = await worldWith([done('a', { alarms: ['errors'] })]);
    expect(await run(world)).toEqual({ gate: 'Recheck Gates', passed: true, reason: '' });
    expect(await Array.fromAsync(verdictsOf(world, 'campaign-1'))).toMatchObject([{ ring: 'canary', passed: true }]);
  });

  it('asks what the alarms had to judge by since the last stack of the target was done', async () => {
    const world = await worldWith([
      done('a', { alarms: ['errors'], endedAt: '2026-11-22T11:20:00.000Z' }),
      done('b', { alarms: ['errors', 'latency'], endedAt: '2026-11-22T11:30:00.000Z' }),
    ]);
    world.alarms.silent = [{ name: 'latency', points: 1, possible: 29, treatsMissingAs: 'missing' }];
    expect((await run(world)).reason).toMatch(/^Alarm latency \(1 of 3\) of stack b had too few data points/);
    expect(world.alarms.calls).toContain(
      'data of 100000000001/eu-west-1 errors,latency from 2026-11-22T11:30:00.000Z to 2026-11-22T12:00:00.000Z',
    );
  });

  it('asks for no data where the configuration goes by the states', async () => {
    const world = await worldWith([done('a', { alarms: ['errors'] })], {
      alarms: { minDataPoints: 3, missingData: 'ignore' },
    });
    await run(world);
    expect(world.alarms.calls.filter((call) => call.startsWith('data'))).toEqual([]);
  });

  it.each<[string, (world: World) => unknown, RegExp]>([
    ['the image is gone', ({ images }) => images.remove(newImage), /is gone from eu-west-1/],
    [
      'the image is disabled in one region',
      ({ images }) => {
        images.remove(newImage);
        images.put(anImage(), anImage({ region: 'us-east-1', state: 'disabled' }));
      },
      /in us-east-1 is disabled now/,
    ],
    [
      'a finding has appeared',
      ({ scans }) => {
        scans.found = [{ id: 'CVE-1', severity: 'high', title: '', fixAvailable: false, observedAt: null }];
      },
      /CVE-1/,
    ],
    [
      'the scan has lost its proof',
      ({ scans }) => {
        scans.now = { state: 'pending', reason: '', scannedAt: null };
      },
      /no proof is no pass/,
    ],
    [
      'an alarm went off',
      ({ alarms }) => {
        alarms.red = ['errors'];
      },
      /Alarm errors of stack a went off/,
    ],
  ])('fails where %s', async (_what, change, reason) => {
    const world = await worldWith([done('a', { alarms: ['errors'] })]);
    change(world);
    expect(await run(world)).toMatchObject({ passed: false, reason: expect.stringMatching(reason) });
  });

  it('asks each target once about the alarms of the stacks that are done, since the first was claimed', async () => {
    const world = await worldWith([
      done('a', { alarms: ['errors', 'latency'], claimedAt: '2026-11-22T11:30:00.000Z' }),
      done('b', { alarms: ['errors'] }),
      done('c', { alarms: ['errors'], ...there }),
      done('d'),
      aStackRecord({ stackName: 'e', alarms: ['skipped'], status: 'skipped' }),
      done('f', { alarms: ['other ring'], ring: 'full' }),
    ]);
    await run(world);
    expect(world.alarms.calls.filter((call) => !call.startsWith('data')).sort()).toEqual([
      '100000000001/eu-west-1 errors,latency since 2026-11-22T11:00:00.000Z',
      '100000000002/us-east-1 errors since 2026-11-22T11:00:00.000Z',
    ]);
  });

  it.each([
    ['canary', true],
    ['full', false],
  ])('looks at a scan that is due before the full ring, after ring %s: passed %s', async (ring, passed) => {
    const gates = { ...aConfiguration().gates, beforeRing: { 'Inspector Scan': 'full' } };
    const world = await worldWith([], { gates });
    world.scans.now = { state: 'none', reason: '', scannedAt: null };
    expect((await run(world, ring)).passed).toBe(passed);
  });
});
