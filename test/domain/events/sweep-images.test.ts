import { describe, expect, it } from '@jest/globals';
import { sweepImages } from '../../../domain/events/sweep-images.ts';
import { noteNewest } from '../../../domain/store/newest.ts';
import { anImage } from '../fakes/images.ts';
import { newImage } from '../fakes/names.ts';
import { aWorld } from '../fakes/world.ts';

const worldWith = (...images: ReturnType<typeof anImage>[]) => {
  const world = aWorld();
  world.images.put(...images);
  return world;
};
const older = anImage({ id: 'ami-0000000000000000e', createdAt: '2026-11-20T12:00:00.000Z', tags: { build_id: '1' } });

describe('sweepImages', () => {
  it('starts the newest image that no event has announced, once a day', async () => {
    const world = worldWith(older, anImage());
    await sweepImages(world)();
    await sweepImages(world)();
    expect(world.executions.started).toEqual([
      {
        machine: world.surroundings().campaignMachineArn,
        name: expect.stringMatching(/^al2023-base-sweep-[0-9a-f]{12}$/),
        input: { imageId: newImage, region: 'eu-west-1', reason: expect.stringContaining('image sweep') },
      },
    ]);
  });

  it('finds an image by its name, where the build forgot to tag it', async () => {
    const world = worldWith(anImage({ tags: {} }));
    expect((await sweepImages(world)()).started).toHaveLength(1);
  });

  it.each<[string, ReturnType<typeof anImage>[]]>([
    ['the build that a campaign was opened for', [anImage()]],
    ['an older build', [older]],
    ['an image that was built long ago', [anImage({ createdAt: '2026-11-01T12:00:00.000Z' })]],
    ["a stranger's image", [anImage({ owner: '999999999999', createdAt: '2026-11-22T11:00:00.000Z' })]],
    ['an image that is not available', [anImage({ state: 'pending', tags: { build_id: '9' } })]],
    ['an image of another family', [anImage({ name: 'ubuntu', tags: { build_id: '9' } })]],
    ['nothing at all', []],
  ])('starts nothing for %s', async (_what, images) => {
    const world = worldWith(...images);
    const family = { family: 'al2023-base', build: '4711', builtAt: '2026-11-21T12:00:00.000Z' };
    await noteNewest(world, { ...family, campaignId: 'campaign-1' });
    expect(await sweepImages(world)()).toEqual({ started: [] });
  });
});
