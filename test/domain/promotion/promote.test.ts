import { describe, expect, it } from '@jest/globals';
import { Throttled } from '../../../domain/errors.ts';
import type { Campaign } from '../../../domain/records/campaign.ts';
import type { StackRecord } from '../../../domain/records/stack-record.ts';
import { promote } from '../../../domain/promotion/promote.ts';
import { promotionParameter } from '../../../domain/promotion/promotion-targets.ts';
import { changeCampaign, getCampaign } from '../../../domain/store/campaigns.ts';
import { currentImages, findPromotion, promotionsOf, storePromotion } from '../../../domain/store/promotions.ts';
import { targetName } from '../../../domain/target.ts';
import { foreignImage, here, newImage, oldImage, there } from '../fakes/names.ts';
import { aPromotion } from '../fakes/promotion.ts';
import { seedCampaign, seedStacks, trailOf } from '../fakes/seed.ts';
import { aStackRecord } from '../fakes/stack-record.ts';
import { aWorld, type World } from '../fakes/world.ts';

const parameter = '/ami-rollout/al2023-base/production/image';
const done = (over: Partial<StackRecord> = {}) => aStackRecord({ status: 'done', touched: true, ...over });
const worldWith = async (records: readonly StackRecord[] = [done()], over: Partial<Campaign> = {}) => {
  const world = aWorld();
  await seedCampaign(world, over);
  await seedStacks(world, ...records);
  world.parameters.set(parameter, oldImage);
  return world;
};
const run = (world: World) => promote(world)({ campaignId: 'campaign-1' });
const known = (world: World) => findPromotion(world, { campaignId: 'campaign-1', target: here, parameter });
const put = (target = here) => `${targetName(target)} ${parameter} ${newImage}`;

describe('promote', () => {
  it("makes the image the family's current one: parameter, tags, history, record", async () => {
    const world = await worldWith();
    expect(await run(world)).toEqual({ promoted: true, parameters: 1 });
    expect(world.parameters.puts).toEqual([put()]);
    expect(await known(world)).toMatchObject({ image: newImage, previousImage: oldImage, state: 'promoted' });
    expect(await Array.fromAsync(currentImages(world, 'al2023-base'))).toMatchObject([{ image: newImage, ...here }]);
    const tags = JSON.stringify({ 'ami-rollout:promoted': 'campaign-1', 'ami-rollout:family': 'al2023-base' });
    expect(world.images.calls).toEqual([
      `tag 111122223333/eu-west-1 ${newImage} ${tags}`,
      `tag 111122223333/us-east-1 ${newImage} ${tags}`,
    ]);
    expect(await getCampaign(world, 'campaign-1')).toMatchObject({ phase: 'promoted', conclusion: 'PROMOTED' });
  });

  it('has written down what the parameter held before it is changed', async () => {
    const world = await worldWith();
    let before: unknown;
    world.parameters.onPut = async () => {
      before = await known(world);
    };
    await run(world);
    expect(before).toMatchObject({ state: 'intended', previousImage: oldImage, image: newImage });
  });

  it('writes one parameter for each environment and target that has a stack on the image', async () => {
    const world = await worldWith([
      done({ stackName: 'a' }),
      done({ stackName: 'b' }),
      done({ stackName: 'c', ...there }),
      done({ stackName: 'd', environment: '' }),
      aStackRecord({ stackName: 'e', environment: 'current', status: 'skipped', reason: 'current' }),
      aStackRecord({ stackName: 'f', environment: 'failed', status: 'restored' }),
      aStackRecord({ stackName: 'g', environment: 'skipped', status: 'skipped', reason: 'the stack was deleted' }),
    ]);
    expect(await run(world)).toEqual({ promoted: true, parameters: 4 });
    const names = (await Array.fromAsync(promotionsOf(world, 'campaign-1'))).map(
      (one) => `${one.account} ${one.environment}`,
    );
    expect(names.sort()).toEqual([
      '100000000001 ',
      '100000000001 current',
      '100000000001 production',
      '100000000002 production',
    ]);
  });

  it('does everything once when it is called twice', async () => {
    const world = await worldWith();
    const first = await run(world);
    const trail = await trailOf(world);
    expect(await run(world)).toEqual(first);
    expect(world.parameters.puts).toHaveLength(1);
    expect(await trailOf(world)).toEqual(trail);
  });

  it.each([
    ['before', 0],
    ['after', 1],
  ] as const)(
    'goes on after a crash right %s the write of a parameter, and keeps the first previous image',
    async (when, written) => {
      const world = await worldWith();
      const putImage = world.parameters.putImage.bind(world.parameters);
      world.parameters.putImage = async (...given) => {
        if (when === 'after') await putImage(...given);
        throw new Error('the invocation died');
      };
      await expect(run(world)).rejects.toThrow('died');
      expect(world.parameters.puts).toHaveLength(written);
      world.parameters.putImage = putImage;
      expect(await run(world)).toEqual({ promoted: true, parameters: 1 });
      expect(world.parameters.puts).toEqual([put()]);
      expect(await known(world)).toMatchObject({ previousImage: oldImage, state: 'promoted' });
    },
  );

  it('refuses to write over what somebody else has written since', async () => {
    const world = await worldWith();
    world.parameters.onPut = () => Promise.reject(new Error('the invocation died'));
    await expect(run(world)).rejects.toThrow('died');
    world.parameters.set(parameter, foreignImage);
    world.parameters.onPut = () => Promise.resolve();
    await expect(run(world)).rejects.toMatchObject({
      name: 'PromotionFailed',
      message: `SSM parameter ${parameter} in 100000000001/eu-west-1 was changed to ${foreignImage} by somebody else`,
    });
    expect(world.parameters.valueOf(parameter)).toBe(foreignImage);
    expect(await getCampaign(world, 'campaign-1')).toMatchObject({ phase: 'running', conclusion: null });
  });

  it('writes a parameter that there was none of, and remembers that', async () => {
    const world = await worldWith([done({ environment: 'new' })]);
    await run(world);
    expect(await Array.fromAsync(promotionsOf(world, 'campaign-1'))).toMatchObject([{ previousImage: null }]);
    expect(world.parameters.valueOf('/ami-rollout/al2023-base/new/image')).toBe(newImage);
  });

  it('leaves a parameter alone that holds the image already', async () => {
    const world = await worldWith();
    world.parameters.set(parameter, newImage);
    expect(await run(world)).toMatchObject({ promoted: true });
    expect(world.parameters.puts).toEqual([]);
  });

  it('promotes nothing where no stack was moved', async () => {
    const world = await worldWith([aStackRecord({ status: 'skipped', reason: 'current' })]);
    expect(await run(world)).toEqual({ promoted: false, parameters: 0 });
    expect(world.parameters.puts).toEqual([]);
    expect(world.images.calls).toEqual([]);
    expect(await getCampaign(world, 'campaign-1')).toMatchObject({ phase: 'running', conclusion: 'UNCHANGED' });
  });

  it('promotes nothing for a campaign that is being restored', async () => {
    const world = await worldWith([done()], { phase: 'restoring' });
    await expect(run(world)).rejects.toMatchObject({ name: 'PromotionFailed' });
    expect(world.parameters.puts).toEqual([]);
  });

  it('promotes nothing more in a target once the restore has been opened', async () => {
    const world = await worldWith([done(), done({ stackName: 'b', environment: 'staging' })]);
    world.parameters.onPut = async () => {
      await changeCampaign(world, 'campaign-1', { phase: 'restoring' }, { who: 'test', what: 'x', why: '' });
    };
    await expect(run(world)).rejects.toMatchObject({ name: 'PromotionFailed' });
    expect(world.parameters.puts).toHaveLength(1);
    expect(await getCampaign(world, 'campaign-1')).toMatchObject({ phase: 'restoring', conclusion: null });
  });

  it('passes on what may go better the next time', async () => {
    const world = await worldWith();
    world.parameters.find = () => Promise.reject(new Throttled('slow down'));
    await expect(run(world)).rejects.toThrow(Throttled);
  });

  it('leaves a parameter alone that an earlier try has promoted, whatever it holds by now', async () => {
    const world = await worldWith();
    await storePromotion(world, aPromotion());
    world.parameters.set(parameter, foreignImage);
    expect(await run(world)).toMatchObject({ promoted: true });
    expect(world.parameters.puts).toEqual([]);
  });

  it.each([
    ['PROMOTED', true],
    ['UNCHANGED', false],
    ['RESTORED', false],
  ] as const)('tells a late caller what came of it: %s', async (outcome, promoted) => {
    const world = await worldWith([done()], { phase: 'closed', outcome, conclusion: outcome });
    expect(await run(world)).toEqual({ promoted, parameters: 1 });
    expect(world.parameters.puts).toEqual([]);
  });

  it('leaves out a target that refuses us, and says so', async () => {
    const world = await worldWith([done(), done({ stackName: 'b', ...there })], {
      leftOut: [{ name: 'x', reason: 'before' }],
    });
    world.parameters.refused.add(targetName(there));
    expect(await run(world)).toEqual({ promoted: true, parameters: 2 });
    expect(world.parameters.puts).toEqual([put()]);
    expect((await getCampaign(world, 'campaign-1')).leftOut).toEqual([
      { name: 'x', reason: 'before' },
      { name: targetName(there), reason: 'not promoted there: 100000000002/us-east-1 refuses us' },
    ]);
  });

  it('fails where every target refuses us', async () => {
    const world = await worldWith();
    world.parameters.refused.add(targetName(here));
    await expect(run(world)).rejects.toMatchObject({
      name: 'PromotionFailed',
      message: expect.stringContaining('no target could be reached; first 100000000001/eu-west-1'),
    });
  });
});

describe('promotionParameter', () => {
  it.each([
    ['production', '/ami-rollout/al2023-base/production/image'],
    ['', '/ami-rollout/al2023-base/default/image'],
  ])('of environment "%s" is %s', (environment, expected) => {
    expect(promotionParameter('/ami-rollout/{family}/{environment}/image', 'al2023-base', environment)).toBe(expected);
  });
});
