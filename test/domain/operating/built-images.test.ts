import { describe, expect, it } from '@jest/globals';
import { builtImages } from '../../../domain/operating/built-images.ts';
import { recordOnImage, recordRevocation } from '../../../domain/store/image-records.ts';
import { settlePromotion } from '../../../domain/store/promotions.ts';
import { anImage } from '../fakes/images.ts';
import { hub } from '../fakes/names.ts';
import { aPromotion } from '../fakes/promotion.ts';
import { aWorld, type World } from '../fakes/world.ts';

const family = 'al2023-base';
const builtOn = (day: number, over: Parameters<typeof anImage>[0] = {}) =>
  anImage({
    id: `ami-${String(day).padStart(17, '0')}`,
    createdAt: `2026-11-${String(day).padStart(2, '0')}T12:00:00.000Z`,
    tags: { 'ami-rollout:family': family, build_id: `build-${day}` },
    ...over,
  });

const listOf = async (world: World, withinDays = 90) => {
  const own = world.configuration().families.find(({ name }) => name === family);
  if (!own) throw new Error('the fake configuration has lost its family');
  return builtImages(world)(own, withinDays);
};

describe('builtImages', () => {
  it('has the newest build first, and none that no campaign could be started with', async () => {
    const world = aWorld();
    world.images.remove(anImage().id);
    world.images.put(
      builtOn(10),
      builtOn(12),
      builtOn(11),
      builtOn(13, { owner: '999999999999' }),
      builtOn(14, { state: 'pending' }),
      builtOn(15, { tags: { 'ami-rollout:family': 'another' }, name: 'another' }),
      builtOn(1),
    );
    expect((await listOf(world, 20)).map(({ builtAt }) => builtAt.slice(0, 10))).toEqual([
      '2026-11-12',
      '2026-11-11',
      '2026-11-10',
    ]);
  });

  it('says which one is current, also where only a copy in another region is, and which is revoked', async () => {
    const world = aWorld();
    world.images.remove(anImage().id);
    world.images.put(builtOn(10), builtOn(11), builtOn(12));
    const [twelfth, eleventh, tenth] = [12, 11, 10].map((day) => ({
      family,
      build: `build-${day}`,
      image: { id: builtOn(day).id, region: hub.region },
    }));
    const copy = 'ami-0c0c0c0c0c0c0c0c0';
    if (!twelfth || !eleventh || !tenth) throw new Error('three builds');
    await recordRevocation(
      world,
      { ...twelfth, imageSet: {} },
      {
        by: 'ada',
        at: '2026-11-13T00:00:00.000Z',
        reason: 'it leaks',
        campaignId: 'c',
      },
    );
    await recordOnImage(world, { ...eleventh, imageSet: { 'us-east-1': copy } }, 'security_scan_status', {
      value: 'passed',
      gate: 'Inspector Scan',
      campaignId: 'c',
      at: '2026-11-13T00:00:00.000Z',
    });
    await settlePromotion(world, aPromotion({ region: 'us-east-1', image: copy }));
    const found = await listOf(world);
    expect(found.map(({ isCurrent, isRevoked }) => ({ isCurrent, isRevoked }))).toEqual([
      { isCurrent: false, isRevoked: true },
      { isCurrent: true, isRevoked: false },
      { isCurrent: false, isRevoked: false },
    ]);
    await settlePromotion(world, aPromotion({ region: hub.region, image: tenth.image.id }));
    expect((await listOf(world)).map(({ isCurrent }) => isCurrent)).toEqual([false, true, true]);
  });
});
