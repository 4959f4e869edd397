import { describe, expect, it } from '@jest/globals';
import { settleEvent } from '../../../domain/events/settle-event.ts';
import type { Finding } from '../../../domain/ports/scans.ts';
import { storeCurrent } from '../../../domain/store/promotions.ts';
import { aPromotion } from '../fakes/promotion.ts';
import { newImage } from '../fakes/names.ts';
import { seedStack, trailOf } from '../fakes/seed.ts';
import { aStackRecord } from '../fakes/stack-record.ts';
import { aWorld, type World } from '../fakes/world.ts';

const critical = { id: 'CVE-2026-1', severity: 'critical', title: 'CVE-2026-1 - glibc', fixAvailable: true } as Finding;
const event = { 'detail-type': 'Inspector2 Scan', detail: { 'machine-image-id': newImage } };
const hears = (world: World) => settleEvent(world)(event);

const promotedWorld = async (outcome: 'PROMOTED' | null = 'PROMOTED'): Promise<World> => {
  const world = aWorld();
  await seedStack(world, aStackRecord({ status: 'done' }), {
    outcome,
    phase: outcome === null ? 'running' : 'closed',
  });
  await storeCurrent(world, aPromotion({ image: newImage, state: 'promoted', campaignId: 'campaign-1' }));
  world.scans.found = [critical];
  return world;
};

describe('a finding on a promoted image', () => {
  it('opens one alert with the stacks that run it, however often the event comes', async () => {
    const world = await promotedWorld();
    await hears(world);
    await hears(world);
    expect(world.notifications.published).toHaveLength(1);
    expect(world.notifications.published[0]?.text).toContain('app-0001');
    expect(world.notifications.published[0]?.data).toMatchObject({ event: 'alert', imageId: newImage });
    expect((await trailOf(world)).filter(({ what }) => what.startsWith('alert'))).toHaveLength(1);
  });

  it('tells again where there is something new to tell', async () => {
    const world = await promotedWorld();
    await hears(world);
    world.scans.found = [critical, { ...critical, id: 'CVE-2026-2', title: 'CVE-2026-2 - curl' }];
    await hears(world);
    expect(world.notifications.published).toHaveLength(2);
  });

  it('tells after a crash between record and message', async () => {
    const world = await promotedWorld();
    const notifications = { publish: () => Promise.reject(new Error('no network')) };
    await expect(settleEvent({ ...world, notifications })(event)).rejects.toThrow('no network');
    await hears(world);
    expect(world.notifications.published).toHaveLength(1);
  });

  it.each<[string, (world: World) => void]>([
    ['nothing stands above the line', (world) => (world.scans.found = [])],
    ['no scan has finished', (world) => (world.scans.now = { state: 'pending', reason: '', scannedAt: null })],
  ])('says nothing where %s', async (_what, change) => {
    const world = await promotedWorld();
    change(world);
    await hears(world);
    expect(world.notifications.published).toEqual([]);
  });

  it('leaves an image whose campaign is open to its rechecks', async () => {
    const world = await promotedWorld(null);
    await hears(world);
    expect(world.notifications.published).toEqual([]);
  });
});
