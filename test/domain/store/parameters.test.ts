import { describe, expect, it } from '@jest/globals';
import { rememberedParameter, rememberParameter } from '../../../domain/store/parameters.ts';
import { here, newImage, oldImage, there } from '../fakes/names.ts';
import { aWorld } from '../fakes/world.ts';

const record = (value: string) => ({
  campaignId: 'campaign-1',
  ...here,
  name: '/golden/image',
  previous: { value, version: 3 },
  image: newImage,
});

describe('rememberParameter', () => {
  it('writes once: later calls get the first record back', async () => {
    const world = aWorld();
    const first = await rememberParameter(world, record(oldImage));
    expect(first).toMatchObject({ ...record(oldImage), schemaVersion: 1, forwardBy: null, restoreVersion: null });
    expect(await rememberParameter(world, record(newImage))).toMatchObject(first);
    expect(await rememberedParameter(world, 'campaign-1', here, '/golden/image')).toMatchObject(first);
  });

  it('keeps one for each campaign, target and name', async () => {
    const world = aWorld();
    await rememberParameter(world, record(oldImage));
    expect(await rememberedParameter(world, 'campaign-2', here, '/golden/image')).toBeUndefined();
    expect(await rememberedParameter(world, 'campaign-1', there, '/golden/image')).toBeUndefined();
    expect(await rememberedParameter(world, 'campaign-1', here, '/other')).toBeUndefined();
  });
});
