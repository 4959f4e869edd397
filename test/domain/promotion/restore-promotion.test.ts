import { describe, expect, it } from '@jest/globals';
import { promote } from '../../../domain/promotion/promote.ts';
import { restorePromotion } from '../../../domain/promotion/restore-promotion.ts';
import type { Promotion } from '../../../domain/records/promotion.ts';
import { currentImages, promotionsOf, storeCurrent, storePromotion } from '../../../domain/store/promotions.ts';
import { foreignImage, here, newImage, oldImage, there } from '../fakes/names.ts';
import { aPromotion } from '../fakes/promotion.ts';
import { seedCampaign, seedStacks, trailOf } from '../fakes/seed.ts';
import { aStackRecord } from '../fakes/stack-record.ts';
import { aWorld, type World } from '../fakes/world.ts';

const { parameter } = aPromotion();
const worldWith = async (holds: string, over: Partial<Promotion> = {}) => {
  const world = aWorld();
  await seedCampaign(world, { phase: 'restoring' });
  await storePromotion(world, aPromotion(over));
  await storeCurrent(world, aPromotion(over));
  world.parameters.set(parameter, holds);
  return world;
};
const run = (world: World) => restorePromotion(world)({ campaignId: 'campaign-1' });
const states = async (world: World) =>
  (await Array.fromAsync(promotionsOf(world, 'campaign-1'))).map(({ state }) => state);

describe('restorePromotion', () => {
  it('puts the previous image back, in the parameter and as the current one', async () => {
    const world = await worldWith(newImage);
    expect(await run(world)).toEqual({ parameters: 1 });
    expect(world.parameters.valueOf(parameter)).toBe(oldImage);
    expect(await Array.fromAsync(currentImages(world, 'al2023-base'))).toMatchObject([{ image: oldImage }]);
    expect(await states(world)).toEqual(['restored']);
  });

  it.each([
    ['holds the previous image already', oldImage, {}],
    ['was meant to be written and never was', oldImage, { state: 'intended' }],
    ['had the image before the campaign', newImage, { previousImage: newImage }],
  ] as const)('writes nothing to a parameter that %s', async (_what, holds, over) => {
    const world = await worldWith(holds, over);
    expect(await run(world)).toEqual({ parameters: 0 });
    expect(world.parameters.puts).toEqual([]);
    expect(await states(world)).toEqual(['restored']);
  });

  it('takes a parameter away that the campaign has made, and forgets the current image', async () => {
    const world = await worldWith(newImage, { previousImage: null });
    expect(await run(world)).toEqual({ parameters: 1 });
    expect(world.parameters.valueOf(parameter)).toBeUndefined();
    expect(await states(world)).toEqual(['restored']);
    expect(await Array.fromAsync(currentImages(world, 'al2023-base'))).toEqual([]);
  });

  it('leaves alone what somebody else has written since, and says so', async () => {
    const world = await worldWith(foreignImage);
    expect(await run(world)).toEqual({ parameters: 0 });
    expect(world.parameters.valueOf(parameter)).toBe(foreignImage);
    expect(await states(world)).toEqual(['superseded']);
    expect((await trailOf(world)).at(-1)).toMatchObject({
      what: '1 promotion parameters left alone',
      why: `${parameter} in 100000000001/eu-west-1 holds ${foreignImage}`,
    });
  });

  it('leaves the current image to a later promotion', async () => {
    const world = await worldWith(foreignImage);
    await storeCurrent(world, aPromotion({ campaignId: 'campaign-2', image: foreignImage, previousImage: newImage }));
    await run(world);
    expect(await Array.fromAsync(currentImages(world, 'al2023-base'))).toMatchObject([
      { campaignId: 'campaign-2', image: foreignImage },
    ]);
  });

  it('does it once when it is called twice', async () => {
    const world = await worldWith(newImage);
    await run(world);
    world.parameters.set(parameter, newImage);
    expect(await run(world)).toEqual({ parameters: 0 });
    expect(world.parameters.valueOf(parameter)).toBe(newImage);
  });

  it('takes back what a promotion has done before it broke half-way', async () => {
    const world = aWorld();
    await seedCampaign(world);
    await seedStacks(
      world,
      aStackRecord({ status: 'done' }),
      aStackRecord({ stackName: 'b', status: 'done', ...there }),
    );
    for (const target of [here, there]) world.parameters.set(parameter, oldImage, target);
    let writes = 0;
    world.parameters.onPut = () => {
      writes += 1;
      return writes === 2 ? Promise.reject(new Error('for good')) : Promise.resolve();
    };
    await expect(promote(world)({ campaignId: 'campaign-1' })).rejects.toThrow('for good');
    expect([here, there].map((target) => world.parameters.valueOf(parameter, target)).sort()).toEqual([
      oldImage,
      newImage,
    ]);
    expect(await run(world)).toEqual({ parameters: 1 });
    expect([here, there].map((target) => world.parameters.valueOf(parameter, target))).toEqual([oldImage, oldImage]);
    expect(await states(world)).toEqual(['restored', 'restored']);
  });

  it('has nothing to do for a campaign that has promoted nothing', async () => {
    const world = aWorld();
    await seedCampaign(world);
    expect(await run(world)).toEqual({ parameters: 0 });
    expect(await trailOf(world)).toHaveLength(1);
  });
});
