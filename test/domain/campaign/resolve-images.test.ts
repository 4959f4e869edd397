import { describe, expect, it } from '@jest/globals';
import { resolveImages } from '../../../domain/campaign/resolve-images.ts';
import type { ImageFacts } from '../../../domain/ports/images.ts';
import { getCampaign } from '../../../domain/store/campaigns.ts';
import { verdictsOf } from '../../../domain/store/verdicts.ts';
import { aFamily } from '../fakes/configuration.ts';
import { anImage } from '../fakes/images.ts';
import { newImage } from '../fakes/names.ts';
import { seedCampaign } from '../fakes/seed.ts';
import { aWorld } from '../fakes/world.ts';

const copyId = 'ami-0000000000000000b';
const inUs = (over: Partial<ImageFacts> = {}) =>
  anImage({ id: copyId, region: 'us-east-1', tags: {}, source: { id: newImage, region: 'eu-west-1' }, ...over });

const run = async (...images: ImageFacts[]) => {
  const world = aWorld();
  await seedCampaign(world, { imageSet: {} });
  world.images.put(...images);
  const output = await resolveImages(world)({ campaignId: 'campaign-1' });
  return { world, output, imageSet: (await getCampaign(world, 'campaign-1')).imageSet };
};

describe('resolveImages', () => {
  it.each<[string, ImageFacts[], string]>([
    ['a copy of the image', [anImage(), inUs()], copyId],
    ['an image of the same family and build', [anImage(), inUs({ source: null, tags: anImage().tags })], copyId],
    [
      'a sister copy of the same original',
      [
        anImage({ source: { id: 'ami-0000000000000000d', region: 'ap-south-1' } }),
        inUs({ source: { id: 'ami-0000000000000000d', region: 'ap-south-1' } }),
      ],
      copyId,
    ],
    ['the original itself', [anImage({ source: { id: copyId, region: 'us-east-1' } }), inUs({ source: null })], copyId],
    [
      'the newest of several copies',
      [anImage(), inUs({ id: 'ami-0000000000000000c', createdAt: '2026-11-20T00:00:00.000Z' }), inUs()],
      copyId,
    ],
    [
      'the newest that is usable',
      [
        anImage(),
        inUs({ id: 'ami-0000000000000000c', createdAt: '2026-11-22T00:00:00.000Z', state: 'pending' }),
        inUs(),
      ],
      copyId,
    ],
  ])('finds %s in another region', async (_what, images, expected) => {
    const { output, imageSet } = await run(...images);
    expect(output).toMatchObject({ verdict: { gate: 'Resolve Images', passed: true, reason: '' }, regions: 2 });
    expect(imageSet).toEqual({ 'eu-west-1': newImage, 'us-east-1': expected });
  });

  it('rejects an image that has no usable copy in a region in scope, and says what to do', async () => {
    const { world, output, imageSet } = await run(anImage(), inUs({ state: 'failed' }));
    expect(output).toMatchObject({
      regions: 1,
      verdict: {
        passed: false,
        reason: `There is no usable copy of ${newImage} in us-east-1: copy it there, or take the region out of targets.`,
      },
    });
    expect(imageSet).toEqual({ 'eu-west-1': newImage });
    expect(await Array.fromAsync(verdictsOf(world, 'campaign-1'))).toMatchObject([{ passed: false }]);
  });

  it.each([
    ['of somebody else', '999999999999', 1],
    ["of one of the family's owners", '888888888888', 2],
  ])('takes a copy %s: %s', async (_what, owner, regions) => {
    const world = aWorld({ families: [aFamily({ owners: ['self', '888888888888'] })] });
    await seedCampaign(world, { imageSet: {} });
    world.images.put(anImage(), inUs({ owner }));
    expect((await resolveImages(world)({ campaignId: 'campaign-1' })).regions).toBe(regions);
  });

  it('never changes an image set that is resolved', async () => {
    const { world, imageSet } = await run(anImage(), inUs());
    world.images.put(inUs({ id: 'ami-0000000000000000e', createdAt: '2026-11-22T11:00:00.000Z' }));
    await resolveImages(world)({ campaignId: 'campaign-1' });
    expect((await getCampaign(world, 'campaign-1')).imageSet).toEqual(imageSet);
  });
});
