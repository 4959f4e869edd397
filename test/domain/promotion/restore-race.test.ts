import { describe, expect, it } from '@jest/globals';
import { promote } from '../../../domain/promotion/promote.ts';
import { restorePromotion } from '../../../domain/promotion/restore-promotion.ts';
import { closeRestore } from '../../../domain/restore/close-restore.ts';
import { openRestore } from '../../../domain/restore/open-restore.ts';
import { getCampaign } from '../../../domain/store/campaigns.ts';
import { currentImages, promotionsOf, storeCurrent } from '../../../domain/store/promotions.ts';
import type { Target } from '../../../domain/target.ts';
import { anImage } from '../fakes/images.ts';
import { newImage, oldImage } from '../fakes/names.ts';
import { aPromotion } from '../fakes/promotion.ts';
import { seedCampaign, seedStacks, trailOf } from '../fakes/seed.ts';
import { aStackRecord } from '../fakes/stack-record.ts';
import { aWorld, type World } from '../fakes/world.ts';

const { parameter } = aPromotion();
const campaignId = 'campaign-1';
const targets: readonly Target[] = Array.from({ length: 45 }, (_, at) => ({
  account: `1000000000${String(at).padStart(2, '0')}`,
  region: 'eu-west-1',
}));
const made = targets.at(-1) as Target;

/** Stacks in 45 targets, all done; all but the last target have a promotion parameter already. */
const aFleet = async () => {
  const world = aWorld();
  await seedCampaign(world);
  world.images.put(anImage());
  await seedStacks(
    world,
    ...targets.map((target, at) => aStackRecord({ stackName: `app-${at}`, order: at, status: 'done', ...target })),
  );
  for (const target of targets.slice(0, -1)) {
    world.parameters.set(parameter, oldImage, target);
    await storeCurrent(world, aPromotion({ ...target, campaignId: 'before', image: oldImage, previousImage: null }));
  }
  return world;
};
const open = (world: World) => openRestore(world)({ campaignId, reason: 'aborted', executionArn: 'arn' });
const restore = (world: World) => restorePromotion(world)({ campaignId });

const expectAllBack = async (world: World) => {
  for (const target of targets)
    expect([target, world.parameters.valueOf(parameter, target)]).toEqual([
      target,
      target === made ? undefined : oldImage,
    ]);
  const states = (await Array.fromAsync(promotionsOf(world, campaignId))).map(({ state }) => state);
  expect(new Set(states)).toEqual(new Set(states.length === 0 ? [] : ['restored']));
  const current = await Array.fromAsync(currentImages(world, 'al2023-base'));
  expect(new Set(current.map(({ image }) => image))).toEqual(new Set([oldImage]));
  const image = await world.images.find({ account: '111122223333', region: 'eu-west-1' }, newImage);
  expect(image?.tags['ami-rollout:promoted']).toBeUndefined();
};

describe('a restore that opens while many targets are promoted', () => {
  it.each([1, 2, 7, 20, 21, 40, 45])('at the write number %i leaves none of them behind', async (nth) => {
    const world = await aFleet();
    let puts = 0;
    world.parameters.onPut = async () => {
      puts += 1;
      if (puts === nth) await open(world);
    };
    // Once all are written only the confirmations are left; those do not ask for the fence, and the last step does.
    await expect(promote(world)({ campaignId })).rejects.toMatchObject({
      name: expect.stringMatching(/^(PromotionFailed|ConditionFailed)$/),
    });
    // What had read the fence before it was raised has written: no more than the lanes.
    expect(puts).toBeLessThan(nth + 20);
    world.parameters.onPut = () => Promise.resolve();
    await restore(world);
    await expectAllBack(world);
    expect((await getCampaign(world, campaignId)).phase).toBe('restoring');
  });

  it('has the last word on a target whose confirmation comes late', async () => {
    const world = await aFleet();
    const find = world.parameters.find.bind(world.parameters);
    let restored: Promise<unknown> | undefined;
    world.parameters.find = async (target, name) => {
      const found = await find(target, name);
      // The first confirmation has seen the image; the restore runs before it is written down.
      if (found?.value === newImage && restored === undefined) {
        world.parameters.find = find;
        restored = open(world).then(() => restore(world));
        await restored;
      }
      return found;
    };
    await expect(promote(world)({ campaignId })).rejects.toMatchObject({ name: 'PromotionFailed' });
    expect(restored).toBeDefined();
    await expectAllBack(world);
  });

  it('finds in its last look what a write that outlived the wait has left', async () => {
    const world = await aFleet();
    const [late] = targets as [Target];
    const reached = Promise.withResolvers<null>();
    const answered = Promise.withResolvers<null>();
    const putImage = world.parameters.putImage.bind(world.parameters);
    world.parameters.putImage = async (target, ...rest) => {
      if (target.account === late.account) {
        reached.resolve(null);
        await answered.promise;
      }
      return putImage(target, ...rest);
    };
    const promotion = promote(world)({ campaignId });
    const failed = expect(promotion).rejects.toMatchObject({ name: 'PromotionFailed' });
    await reached.promise;
    await open(world);
    world.parameters.putImage = putImage;
    await restore(world);
    answered.resolve(null);
    await failed;
    expect(world.parameters.valueOf(parameter, late)).toBe(newImage);
    expect(await closeRestore(world)({ campaignId })).toMatchObject({ outcome: 'RESTORE_INCOMPLETE' });
    expect((await trailOf(world)).at(-1)?.why).toContain(
      `promotion parameters not put back: ${parameter} in ${late.account}/eu-west-1 (it still holds ${newImage})`,
    );
  });

  it('puts the others back where one target refuses', async () => {
    const world = await aFleet();
    await promote(world)({ campaignId });
    // As a rollback does after the promotion.
    const refusing = targets[3] as Target;
    world.parameters.refused.add(`${refusing.account}/eu-west-1`);
    await expect(restore(world)).rejects.toMatchObject({ name: 'AccessDenied' });
    expect(targets.filter((target) => world.parameters.valueOf(parameter, target) === newImage)).toEqual([refusing]);
    world.parameters.refused.clear();
    await restore(world);
    await expectAllBack(world);
  });
});
