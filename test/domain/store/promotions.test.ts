import { describe, expect, it } from '@jest/globals';
import type { Promotion } from '../../../domain/records/promotion.ts';
import { schemaVersion } from '../../../domain/records/schema-version.ts';
import {
  currentImages,
  findPromotion,
  promotionsOf,
  storeCurrent,
  storePromotion,
  takeBackCurrent,
} from '../../../domain/store/promotions.ts';
import { typedItems } from '../../../domain/store/typed-item.ts';
import { here, oldImage, there } from '../fakes/names.ts';
import { aPromotion } from '../fakes/promotion.ts';
import { aWorld, type World } from '../fakes/world.ts';

const { parameter } = aPromotion();
const images = async (world: World) =>
  (await Array.fromAsync(currentImages(world, 'al2023-base'))).map(({ account, image }) => [account, image]);

describe('promotions', () => {
  it('are found by campaign, target and parameter', async () => {
    const world = aWorld();
    await storePromotion(world, aPromotion());
    await storePromotion(world, aPromotion({ ...there }));
    await storePromotion(world, aPromotion({ campaignId: 'campaign-2' }));
    const of = { campaignId: 'campaign-1', target: there, parameter };
    expect(await findPromotion(world, of)).toMatchObject(aPromotion({ ...there }));
    expect(await findPromotion(world, { ...of, parameter: '/another' })).toBeUndefined();
    expect(await Array.fromAsync(promotionsOf(world, 'campaign-1'))).toHaveLength(2);
  });

  it('are the history of family, environment and target, in the order of time', async () => {
    const world = aWorld();
    await storePromotion(world, aPromotion({ campaignId: 'late', at: '2026-11-22T11:00:00.000Z' }));
    await storePromotion(world, aPromotion({ campaignId: 'early', at: '2026-11-21T11:00:00.000Z' }));
    await storePromotion(world, aPromotion({ campaignId: 'elsewhere', ...there }));
    const partition = 'PROMOTION#al2023-base#production#100000000001/eu-west-1';
    const history = await Array.fromAsync(typedItems<Promotion>(world.table, { index: 'byIndex', partition }));
    expect(history.map(({ campaignId }) => campaignId)).toEqual(['early', 'late']);
  });

  it('are not guessed at when a newer version has written them', async () => {
    const world = aWorld();
    await storePromotion(world, aPromotion({ schemaVersion: schemaVersion + 1 }));
    await expect(findPromotion(world, { campaignId: 'campaign-1', target: here, parameter })).rejects.toMatchObject({
      name: 'NewerRecord',
    });
  });
});

describe('current images', () => {
  it('are one for each environment and target, the last that was promoted', async () => {
    const world = aWorld();
    await storeCurrent(world, aPromotion({ image: 'ami-1' }));
    await storeCurrent(world, aPromotion({ image: 'ami-2' }));
    await storeCurrent(world, aPromotion({ image: 'ami-3', ...there }));
    await storeCurrent(world, aPromotion({ image: 'ami-4', family: 'windows' }));
    expect(await images(world)).toEqual([
      [here.account, 'ami-2'],
      [there.account, 'ami-3'],
    ]);
  });

  it('go back to the previous one, or to none', async () => {
    const world = aWorld();
    await storeCurrent(world, aPromotion());
    await takeBackCurrent(world, aPromotion({ state: 'restored' }));
    expect(await images(world)).toEqual([[here.account, oldImage]]);
    await storeCurrent(world, aPromotion());
    await takeBackCurrent(world, aPromotion({ state: 'restored', previousImage: null }));
    expect(await images(world)).toEqual([]);
  });
});
