import { describe, expect, it } from '@jest/globals';
import type { Configuration } from '../../../domain/configuration.ts';
import { ageLimit } from '../../../domain/gating/age-limit.ts';
import { tagCheck } from '../../../domain/gating/tag-check.ts';
import type { ImageFacts } from '../../../domain/ports/images.ts';
import type { Campaign } from '../../../domain/records/campaign.ts';
import { storeCurrent } from '../../../domain/store/promotions.ts';
import { verdictsOf } from '../../../domain/store/verdicts.ts';
import { aFamily } from '../fakes/configuration.ts';
import { anImage } from '../fakes/images.ts';
import { hub, newImage } from '../fakes/names.ts';
import { aPromotion } from '../fakes/promotion.ts';
import { seedCampaign, trailOf } from '../fakes/seed.ts';
import { aWorld, type World } from '../fakes/world.ts';

const task = { campaignId: 'campaign-1', image: { id: newImage, region: hub.region }, category: 'base' } as const;
const buildId = { key: 'build_id', required: true, type: 'text', values: null, pattern: null } as const;
const worldWith = async (
  images: readonly ImageFacts[],
  over: Partial<Configuration> = {},
  campaign: Partial<Campaign> = {},
) => {
  const world = aWorld(over);
  await seedCampaign(world, campaign);
  world.images.put(...images);
  return world;
};
const stored = async (world: World) => Array.fromAsync(verdictsOf(world, 'campaign-1'));

describe('the gate Tag Check', () => {
  const families = [aFamily({ tags: [buildId] })];

  it('passes a well tagged image and keeps the verdict with its evidence', async () => {
    const world = await worldWith([anImage()], { families });
    expect(await tagCheck(world)(task)).toEqual({ verdict: { gate: 'Tag Check', passed: true, reason: '' } });
    expect(await stored(world)).toMatchObject([{ gate: 'Tag Check', passed: true, at: '2026-11-22T12:00:00.000Z' }]);
    expect((await trailOf(world)).at(-1)).toMatchObject({
      who: 'Tag Check',
      what: 'Tag Check: passed',
      evidence: { sha256: expect.stringMatching(/^[0-9a-f]{64}$/) },
    });
  });

  it.each<[string, ImageFacts[], Partial<Configuration>, string]>([
    ['an image without its tag', [anImage({ tags: {} })], { families }, 'Tag build_id is missing'],
    ['an image of somebody else', [anImage({ owner: '999999999999' })], { families }, '999999999999'],
    ['an image that is gone', [], { families }, `Image ${newImage} is gone from eu-west-1: start again`],
    ['a family that is gone', [anImage()], { families: [] }, 'Family al2023-base was taken out of the configuration'],
  ])('rejects %s', async (_what, images, over, reason) => {
    const world = await worldWith(images, over);
    const { verdict } = await tagCheck(world)(task);
    expect(verdict).toMatchObject({ gate: 'Tag Check', passed: false, reason: expect.stringContaining(reason) });
    expect(await stored(world)).toMatchObject([{ passed: false }]);
  });

  it('judges anew every time: a verdict of before counts for nothing', async () => {
    const world = await worldWith([anImage()], { families });
    await tagCheck(world)(task);
    world.images.remove(newImage);
    world.clock.advance(1);
    expect((await tagCheck(world)(task)).verdict.passed).toBe(false);
    expect(await stored(world)).toHaveLength(2);
  });
});

describe('the gate Tag Check beside a promoted image', () => {
  it('compares attributes with what is promoted in another region only', async () => {
    const promoted = anImage({
      id: 'ami-0000000b',
      region: 'us-east-1',
      architecture: 'arm64',
      bootMode: 'legacy-bios',
    });
    const world = await worldWith([anImage(), promoted]);
    await storeCurrent(world, aPromotion({ image: promoted.id, region: promoted.region }));
    expect((await tagCheck(world)(task)).verdict).toMatchObject({
      passed: false,
      reason: expect.stringContaining('has architecture x86_64, the promoted ami-0000000b has arm64'),
    });
  });
});

describe('the gate Age Limit', () => {
  const run = async (world: World, category: 'base' | 'hotfix' = 'base') =>
    (await ageLimit(world)({ ...task, category })).verdict;
  const daysOld = (days: number, over: Partial<ImageFacts> = {}) =>
    anImage({ createdAt: new Date(Date.parse('2026-11-22T12:00:00.000Z') - days * 86_400_000).toISOString(), ...over });
  const original = (days: number, id: string) => daysOld(days, { id, region: 'us-east-1' });
  const copyOf = (id: string, over: Partial<ImageFacts> = {}) =>
    daysOld(0, { source: { id, region: 'us-east-1' }, ...over });
  const promoted = async (world: World, id: string, region = hub.region) =>
    storeCurrent(world, aPromotion({ image: id, region }));

  it.each([
    [30, 'base', true],
    [31, 'base', false],
    [7, 'hotfix', true],
    [8, 'hotfix', false],
  ] as const)('takes an image of %d days for %s: %s', async (days, category, passed) => {
    expect((await run(await worldWith([daysOld(days)]), category)).passed).toBe(passed);
  });

  it('goes by the original of a copy: a copy is as young as its copying', async () => {
    expect((await run(await worldWith([copyOf('ami-0000000a'), original(40, 'ami-0000000a')]))).passed).toBe(false);
    expect((await run(await worldWith([copyOf('ami-0000000a'), original(20, 'ami-0000000a')]))).passed).toBe(true);
  });

  it('rejects a copy whose original cannot be read: its age is not known', async () => {
    expect(await run(await worldWith([copyOf('ami-0000000a')]))).toMatchObject({
      passed: false,
      reason: expect.stringContaining('is a copy of ami-0000000a in us-east-1, which cannot be read'),
    });
  });

  it('rejects what is older than the promoted image, unless that is on purpose', async () => {
    const images = [daysOld(10), daysOld(5, { id: 'ami-0000000b' })];
    const world = await worldWith(images);
    await promoted(world, 'ami-0000000b');
    expect(await run(world)).toMatchObject({
      passed: false,
      reason: expect.stringContaining('older than the promoted'),
    });
    const onPurpose = await worldWith(images, {}, { allowOlder: true });
    await promoted(onPurpose, 'ami-0000000b');
    expect((await run(onPurpose)).passed).toBe(true);
  });

  it('compares originals, where the promoted image is a young copy of an old build', async () => {
    const world = await worldWith([
      daysOld(10),
      copyOf('ami-0000000c', { id: 'ami-0000000b' }),
      original(20, 'ami-0000000c'),
    ]);
    await promoted(world, 'ami-0000000b');
    expect((await run(world)).passed).toBe(true);
  });

  it.each([
    ['is the same', newImage, hub.region],
    ["is the campaign's own copy in another region", 'ami-0000000b', 'us-east-1'],
  ])('does not compare with a promoted image that %s', async (_what, id, region) => {
    const own = { imageSet: { [hub.region]: newImage, 'us-east-1': 'ami-0000000b' } };
    const world = await worldWith([daysOld(10), original(5, 'ami-0000000b')], {}, own);
    await promoted(world, id, region);
    expect((await run(world)).passed).toBe(true);
  });

  it.each([
    ['an original', original(5, 'ami-0000000b'), /older than the promoted ami-0000000b/],
    [
      'a copy, by the age of its original',
      copyOf('ami-0000000c', { id: 'ami-0000000b', region: 'ap-south-1' }),
      /older than the promoted ami-0000000c/,
    ],
  ])('compares with what is promoted in another region only: %s', async (_what, image, reason) => {
    const world = await worldWith([daysOld(10), image, original(5, 'ami-0000000c')]);
    await promoted(world, image.id, image.region);
    expect(await run(world)).toMatchObject({ passed: false, reason: expect.stringMatching(reason) });
  });

  it('lets one region of the last promotion be gone, where another tells of the build', async () => {
    const world = await worldWith([daysOld(10), original(20, 'ami-0000000b')]);
    await promoted(world, 'ami-0000000b', 'us-east-1');
    await storeCurrent(world, aPromotion({ image: 'ami-0000000d', at: '2026-11-22T11:30:00.000Z' }));
    expect((await run(world)).passed).toBe(true);
  });

  it('rejects where the image promoted last is gone, and lets one of an older promotion be gone', async () => {
    const images = [daysOld(10), daysOld(20, { id: 'ami-0000000b' })];
    const world = await worldWith(images);
    await promoted(world, 'ami-0000000d');
    expect((await run(world)).reason).toMatch(/The promoted ami-0000000d cannot be read any more/);
    const later = aPromotion({
      image: 'ami-0000000b',
      environment: 'other',
      region: hub.region,
      at: '2030-01-01T00:00:00.000Z',
    });
    await storeCurrent(world, later);
    expect((await run(world)).passed).toBe(true);
  });

  it('goes by the deprecation dates of all copies', async () => {
    const copy = daysOld(1, { id: 'ami-0000000b', region: 'us-east-1', deprecatedAt: '2026-12-01T00:00:00.000Z' });
    const imageSet = { 'eu-west-1': newImage, 'us-east-1': 'ami-0000000b' };
    const world = await worldWith([daysOld(1), copy], {}, { imageSet });
    expect((await run(world)).reason).toMatch(/ami-0000000b in us-east-1 is deprecated in 8.5 days .*, 30 days wanted/);
  });

  it('rejects an image that is gone', async () => {
    expect((await run(await worldWith([]))).passed).toBe(false);
  });
});
