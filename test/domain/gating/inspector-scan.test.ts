import { describe, expect, it } from '@jest/globals';
import { scan, scanWaitKey, settleScan } from '../../../domain/gating/inspector-scan.ts';
import type { Coverage } from '../../../domain/ports/scans.ts';
import type { Wait } from '../../../domain/records/wait.ts';
import { findWaits } from '../../../domain/store/waits.ts';
import { verdictsOf } from '../../../domain/store/verdicts.ts';
import { anImage } from '../fakes/images.ts';
import { hub, newImage } from '../fakes/names.ts';
import { aPromotion } from '../fakes/promotion.ts';
import { storeCurrent } from '../../../domain/store/promotions.ts';
import { seedCampaign } from '../fakes/seed.ts';
import { aWorld, type World } from '../fakes/world.ts';

const task = (campaignId = 'campaign-1', taskToken = 'token-1') =>
  ({ campaignId, image: { id: newImage, region: hub.region }, category: 'base', taskToken }) as const;
const finished: Coverage = { state: 'finished', reason: '', scannedAt: '2026-11-22T11:00:00.000Z' };
const coverage = (state: Coverage['state']): Coverage => ({ state, reason: 'so it is', scannedAt: null });
const worldWith = async (now: Coverage = finished, createdAt = '2026-11-22T10:00:00.000Z') => {
  const world = aWorld();
  await seedCampaign(world);
  world.images.put(anImage({ createdAt }));
  world.scans.now = now;
  return world;
};
const waits = (world: World): Promise<Wait[]> => Array.fromAsync(findWaits(world, scanWaitKey(newImage)));
const passed = { gate: 'Inspector Scan', passed: true, reason: '' };

describe('the gate Inspector Scan', () => {
  it('completes at once where the scan is finished', async () => {
    const world = await worldWith();
    await scan(world)(task());
    expect(world.executions.completed).toEqual([{ taskToken: 'token-1', output: { verdict: passed } }]);
    expect(await waits(world)).toEqual([]);
    expect(await Array.fromAsync(verdictsOf(world, 'campaign-1'))).toMatchObject([{ passed: true }]);
  });

  it('rejects an image with more findings than its category may have', async () => {
    const world = await worldWith();
    world.scans.found = [{ id: 'CVE-1', severity: 'critical', title: 'x', fixAvailable: true, observedAt: null }];
    await scan(world)(task());
    expect(world.executions.completed).toMatchObject([
      { output: { verdict: { passed: false, reason: expect.stringContaining('CVE-1') } } },
    ]);
  });

  it('waits for the proof while the scan is under way, with the token bound before the look', async () => {
    const world = await worldWith();
    let bound: Wait[] = [];
    world.scans.coverage = async () => {
      bound = await waits(world);
      return coverage('pending');
    };
    await scan(world)(task());
    expect(bound).toMatchObject([
      {
        kind: 'scan',
        taskToken: 'token-1',
        account: hub.account,
        region: hub.region,
        stackId: null,
        direction: null,
        createdAt: '2026-11-22T12:00:00.000Z',
        overdueAt: '2026-11-22T12:45:00.000Z',
      },
    ]);
    expect(world.executions.completed).toEqual([]);
    expect(await waits(world)).toHaveLength(1);
  });

  it.each([
    ['none', '2026-11-21T13:00:00.000Z', 0],
    ['none', '2026-11-21T11:00:00.000Z', 1],
    ['failed', '2026-11-22T11:00:00.000Z', 1],
    ['pending', '2026-11-20T11:00:00.000Z', 0],
  ] as const)('with coverage %s of an image of %s gives %d verdicts', async (state, createdAt, verdicts) => {
    const world = await worldWith(coverage(state), createdAt);
    await scan(world)(task());
    expect(world.executions.completed).toHaveLength(verdicts);
    // No proof is no pass.
    for (const { output } of world.executions.completed) expect(output).toMatchObject({ verdict: { passed: false } });
  });

  it('rejects an image that is gone', async () => {
    const world = await worldWith();
    world.images.remove(newImage);
    await scan(world)(task());
    expect(world.executions.completed).toMatchObject([{ output: { verdict: { passed: false } } }]);
  });

  it('is settled when the scan has ended, and judges by what is there then', async () => {
    const world = await worldWith(coverage('pending'));
    await scan(world)(task());
    const [wait] = await waits(world);
    expect(await settleScan(world, wait!)).toBe(false);
    world.scans.now = finished;
    expect(await settleScan(world, wait!)).toBe(true);
    expect(await settleScan(world, wait!)).toBe(true);
    expect(world.executions.completed).toEqual([{ taskToken: 'token-1', output: { verdict: passed } }]);
    expect(await waits(world)).toEqual([]);
  });

  it('lets two campaigns wait for one image', async () => {
    const world = await worldWith(coverage('pending'));
    await seedCampaign(world, { campaignId: 'campaign-2' });
    await scan(world)(task());
    await scan(world)(task('campaign-2', 'token-2'));
    world.scans.now = finished;
    for (const wait of await waits(world)) await settleScan(world, wait);
    expect(world.executions.completed.map(({ taskToken }) => taskToken).sort()).toEqual(['token-1', 'token-2']);
  });

  it('is bound to the token of the last try', async () => {
    const world = await worldWith(coverage('pending'));
    await scan(world)(task());
    await scan(world)(task('campaign-1', 'token-2'));
    expect(await waits(world)).toMatchObject([{ taskToken: 'token-2' }]);
  });

  it('compares with what is promoted in another region only, by the findings there', async () => {
    const world = await worldWith();
    const other = { region: 'us-east-1', image: 'ami-0ccc', campaignId: 'earlier' };
    await storeCurrent(world, aPromotion(other));
    const asked: string[] = [];
    world.scans.findings = ((target: { region: string }, image: string) => {
      asked.push(`${target.region} ${image}`);
      return Promise.resolve([
        { id: `of ${image}`, severity: 'low', title: '', fixAvailable: false, observedAt: null },
      ]);
    }) as never;
    await scan(world)(task());
    const [verdict] = await Array.fromAsync(verdictsOf(world, 'campaign-1'));
    expect(verdict?.evidence['delta']).toMatchObject({ inUse: 'ami-0ccc', fixed: ['of ami-0ccc'] });
    expect(asked).toContain('us-east-1 ami-0ccc');
  });

  it('compares with the promoted image of the region', async () => {
    const world = await worldWith();
    const at = '2026-11-01T00:00:00.000Z';
    const promoted = { ...aPromotion(), region: hub.region, state: 'promoted' } as const;
    await storeCurrent(world, {
      ...promoted,
      environment: 'staging',
      image: 'ami-0aaa',
      at: '2026-10-01T00:00:00.000Z',
    });
    await storeCurrent(world, { ...promoted, environment: 'production', image: 'ami-0bbb', at });
    world.scans.findings = ((_: unknown, image: string) =>
      Promise.resolve([
        { id: `of ${image}`, severity: 'low', title: '', fixAvailable: false, observedAt: null },
      ])) as never;
    await scan(world)(task());
    const [verdict] = await Array.fromAsync(verdictsOf(world, 'campaign-1'));
    expect(verdict?.evidence['delta']).toMatchObject({
      inUse: 'ami-0bbb',
      fixed: ['of ami-0bbb'],
      new: [`of ${newImage}`],
    });
  });
});
