import { describe, expect, it } from '@jest/globals';
import type { Configuration } from '../../../domain/configuration.ts';
import { AccessDenied } from '../../../domain/errors.ts';
import { keepImages } from '../../../domain/promotion/keep-images.ts';
import { holdPreviousImages } from '../../../domain/promotion/hold-previous-images.ts';
import type { Ports } from '../../../domain/ports/index.ts';
import { getCampaign } from '../../../domain/store/campaigns.ts';
import { findImageHold } from '../../../domain/store/image-holds.ts';
import { storeCurrent } from '../../../domain/store/promotions.ts';
import { aConfiguration } from '../fakes/configuration.ts';
import { anImage } from '../fakes/images.ts';
import { here, hub, newImage, oldImage } from '../fakes/names.ts';
import { aPromotion } from '../fakes/promotion.ts';
import { seedCampaign, seedStacks, trailOf } from '../fakes/seed.ts';
import { aStackRecord } from '../fakes/stack-record.ts';
import { aWorld, type World } from '../fakes/world.ts';

const region = here.region;
const previous = { parameterValue: oldImage, image: oldImage, ssm: null, running: {} };
const retention = (over: Partial<Configuration['retention']>) => ({
  retention: { ...aConfiguration().retention, ...over },
});

/** A campaign that is about to promote the new image in place of the old one. */
const worldWith = async (
  over: Partial<Configuration['retention']> = {},
  image: Parameters<typeof anImage>[0] = {},
): Promise<World> => {
  const world = aWorld(retention(over));
  await seedCampaign(world);
  await seedStacks(world, aStackRecord({ status: 'done', touched: true, previous }));
  world.images.put(anImage({ id: oldImage, region, ...image }));
  return world;
};
const hold = async (world: World & Partial<Ports>) => holdPreviousImages(world, await getCampaign(world, 'campaign-1'));
const promoted = (world: World, image = newImage, campaignId = 'campaign-1') =>
  storeCurrent(world, aPromotion({ image, campaignId, at: world.clock.now().toISOString() }));
const record = (world: World) => findImageHold(world, { region, imageId: oldImage });
const facts = (world: World) => world.images.find({ account: hub.account, region }, oldImage);
const writes = (world: World) => world.images.calls.filter((call) => !call.startsWith('find'));
const days = (world: World, count: number) => world.clock.advance(count * 24 * 60);

describe('a replaced image', () => {
  it('is tagged and protected before the promotion, after its audit record, and once', async () => {
    const world = await worldWith();
    await hold(world);
    await hold(world);
    expect(writes(world)).toEqual([
      `tag ${hub.account}/${region} ${oldImage} {"ami-rollout:held":"campaign-1"}`,
      `protect ${hub.account}/${region} ${oldImage} without cooldown`,
    ]);
    expect(await record(world)).toMatchObject({ state: 'held', protectedByUs: true, campaigns: ['campaign-1'] });
    expect((await trailOf(world)).filter(({ what }) => what.includes('is held'))).toHaveLength(1);
  });

  it('is recorded and audited before anything is done to it', async () => {
    const world = await worldWith();
    world.images.refusal = new Error('no network');
    await expect(hold(world)).rejects.toThrow('no network');
    expect(await record(world)).toMatchObject({ state: 'intended', protectedByUs: true });
    expect((await trailOf(world)).some(({ what }) => what.includes('is held'))).toBe(true);
    world.images.refusal = undefined;
    await hold(world);
    expect(await record(world)).toMatchObject({ state: 'held', protectedByUs: true });
  });

  it.each<[Configuration['retention']['protectPreviousImage'], readonly string[]]>([
    ['no', []],
    ['yes', ['without']],
    ['withCooldown', ['with']],
  ])('is protected as the configuration says: %s', async (protectPreviousImage, expected) => {
    const world = await worldWith({ protectPreviousImage });
    await hold(world);
    expect(writes(world).flatMap((call) => /^protect .* (\w+) cooldown/.exec(call)?.[1] ?? [])).toEqual(expected);
  });

  it.each([
    [{ owner: '999999999999' }, /belongs to account 999999999999/],
    [{ id: 'ami-0000000000000ffff' }, /is not there, or not visible/],
  ])('of somebody else, or gone, is left alone with the reason', async (image, reason) => {
    const world = await worldWith({}, image);
    await hold(world);
    expect(writes(world)).toEqual([]);
    expect(await record(world)).toMatchObject({ state: 'refused', reason: expect.stringMatching(reason) });
  });

  it('that we may not touch is no reason against the promotion; the daily look tries again', async () => {
    const world = await worldWith();
    world.images.refusal = new AccessDenied('not authorized');
    await hold(world);
    expect(await record(world)).toMatchObject({ state: 'refused', reason: 'not authorized' });
    world.images.refusal = undefined;
    await promoted(world);
    await keepImages(world)();
    expect(await record(world)).toMatchObject({ state: 'held', reason: '' });
    expect(await facts(world)).toMatchObject({ isProtected: true, tags: { 'ami-rollout:held': 'campaign-1' } });
  });
});

describe('the daily look', () => {
  it('holds an image as long as what replaced it is current, and mends what was taken off', async () => {
    const world = await worldWith();
    await hold(world);
    await promoted(world);
    days(world, 400);
    await world.images.unprotect({ account: hub.account, region }, oldImage);
    expect(await keepImages(world)()).toEqual({ held: 1, released: 0, refused: [] });
    expect(await facts(world)).toMatchObject({ isProtected: true });
  });

  it('releases it so many days after the next promotion, and does it once', async () => {
    const world = await worldWith({ previousImageDays: 30 });
    await hold(world);
    await promoted(world, 'ami-0000000000000cccc', 'campaign-2');
    await keepImages(world)();
    days(world, 29);
    expect(await keepImages(world)()).toMatchObject({ held: 1, released: 0 });
    days(world, 1);
    expect(await keepImages(world)()).toMatchObject({ held: 0, released: 1 });
    expect(await facts(world)).toMatchObject({ isProtected: false });
    expect(Object.keys((await facts(world))?.tags ?? {})).not.toContain('ami-rollout:held');
    const before = writes(world).length;
    expect(await keepImages(world)()).toMatchObject({ held: 0, released: 0 });
    expect(writes(world)).toHaveLength(before);
  });

  it('leaves a protection alone that was there before us', async () => {
    const world = await worldWith({ previousImageDays: 0 }, { isProtected: true });
    await hold(world);
    await promoted(world, 'ami-0000000000000cccc', 'campaign-2');
    expect(await keepImages(world)()).toMatchObject({ released: 1 });
    expect(await facts(world)).toMatchObject({ isProtected: true });
  });

  it('goes on with a release that died between its calls', async () => {
    const world = await worldWith({ previousImageDays: 0 });
    await hold(world);
    await promoted(world, 'ami-0000000000000cccc', 'campaign-2');
    const images = { ...world.images, untag: () => Promise.reject(new Error('no network')) };
    await expect(keepImages({ ...world, images })()).rejects.toThrow('no network');
    expect(await record(world)).toMatchObject({ state: 'releasing' });
    expect(await keepImages(world)()).toMatchObject({ released: 1 });
    expect(await record(world)).toMatchObject({ state: 'released', protectedByUs: false });
  });

  it('takes a release back where the image becomes the way back again before it is due', async () => {
    const world = await worldWith();
    await hold(world);
    await promoted(world, 'ami-0000000000000cccc', 'campaign-2');
    await keepImages(world)();
    expect((await record(world))?.unneededSince).not.toBeNull();
    // The second campaign was rolled back.
    await promoted(world, newImage, 'campaign-1');
    days(world, 60);
    expect(await keepImages(world)()).toMatchObject({ held: 1, released: 0 });
    expect((await record(world))?.unneededSince).toBeNull();
  });

  it('has the image deprecated where the configuration says so, and not once it is current again', async () => {
    const world = await worldWith({ deprecateAfterDays: 7 });
    await hold(world);
    await promoted(world);
    await keepImages(world)();
    await keepImages(world)();
    const at = new Date(world.clock.now().getTime() + 7 * 86_400_000).toISOString();
    expect(writes(world).filter((call) => call.startsWith('deprecate'))).toEqual([
      `deprecate ${hub.account}/${region} ${oldImage} ${at}`,
    ]);
    await promoted(world, oldImage, 'campaign-0');
    await keepImages(world)();
    expect((await facts(world))?.deprecatedAt).toBeNull();
  });

  it('does not let one image that it may not touch keep the others waiting', async () => {
    const world = await worldWith({ previousImageDays: 0 });
    await hold(world);
    await promoted(world, 'ami-0000000000000cccc', 'campaign-2');
    world.images.refusal = new AccessDenied('not authorized');
    expect(await keepImages(world)()).toEqual({
      held: 0,
      released: 0,
      refused: [`${oldImage} in ${region}: not authorized`],
    });
  });
});
