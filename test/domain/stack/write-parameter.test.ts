import { describe, expect, it } from '@jest/globals';
import type { Campaign, StackRecord } from '../../../domain/records.ts';
import { writeParameter } from '../../../domain/stack/write-parameter.ts';
import { rememberedParameter } from '../../../domain/store/parameters.ts';
import { foreignImage, here, newImage, oldImage } from '../fakes/names.ts';
import { seedCampaign } from '../fakes/seed.ts';
import { aClaimedStack, aPrevious } from '../fakes/stack-record.ts';
import { aWorld } from '../fakes/world.ts';

const name = '/golden/image';
const ssm = (over: Partial<StackRecord> = {}) =>
  aClaimedStack({
    mode: 'ssm',
    ssmParameter: name,
    previous: aPrevious({ ssm: { value: oldImage, version: 1 } }),
    ...over,
  });
const worldWith = async (value: string, over: Partial<Campaign> = {}) => {
  const world = aWorld();
  await seedCampaign(world, over);
  world.parameters.set(name, value, here, 4);
  return world;
};
const put = (image: string) => `100000000001/eu-west-1 ${name} ${image}`;

describe('writeParameter', () => {
  it('writes the image forward and remembers what the parameter held', async () => {
    const world = await worldWith(oldImage);
    await writeParameter(world, ssm(), 'forward');
    expect(world.parameters.puts).toEqual([put(newImage)]);
    expect(await rememberedParameter(world, 'campaign-1', here, name)).toMatchObject({
      previous: { value: oldImage, version: 4 },
      image: newImage,
    });
  });

  it('has remembered it before it writes', async () => {
    const world = await worldWith(oldImage);
    let before: unknown;
    world.parameters.onPut = async () => {
      before = await rememberedParameter(world, 'campaign-1', here, name);
    };
    await writeParameter(world, ssm(), 'forward');
    expect(before).toMatchObject({ previous: { value: oldImage } });
  });

  it('writes once for all the stacks that share the parameter, and keeps the first previous value', async () => {
    const world = await worldWith(oldImage);
    await writeParameter(world, ssm(), 'forward');
    await writeParameter(world, ssm({ stackName: 'app-0002' }), 'forward');
    expect(world.parameters.puts).toEqual([put(newImage)]);
    expect(await rememberedParameter(world, 'campaign-1', here, name)).toMatchObject({ previous: { value: oldImage } });
  });

  it('refuses forward what somebody else has written since the campaign did', async () => {
    const world = await worldWith(oldImage);
    await writeParameter(world, ssm(), 'forward');
    world.parameters.set(name, foreignImage);
    await expect(writeParameter(world, ssm(), 'forward')).rejects.toMatchObject({ name: 'ForeignChange' });
    expect(world.parameters.valueOf(name)).toBe(foreignImage);
  });

  it('puts the remembered value back', async () => {
    const world = await worldWith(oldImage, { phase: 'restoring' });
    world.parameters.set(name, newImage);
    await writeParameter(world, ssm(), 'restore');
    expect(world.parameters.puts).toEqual([put(oldImage)]);
  });

  it("takes the stack's own image where the parameter held the new one before the campaign", async () => {
    const world = await worldWith(newImage);
    await writeParameter(world, ssm(), 'forward');
    expect(world.parameters.puts).toEqual([]);
    await writeParameter(world, ssm({ status: 'restoring' }), 'restore');
    expect(world.parameters.puts).toEqual([put(oldImage)]);
  });

  it.each([
    ['restore', oldImage],
    ['forward', newImage],
  ] as const)('writes nothing %s where the parameter holds the image already', async (direction, value) => {
    const world = await worldWith(value, { phase: direction === 'restore' ? 'restoring' : 'running' });
    await writeParameter(world, ssm(), direction);
    expect(world.parameters.puts).toEqual([]);
  });

  it('does nothing for a stack that has its image in a parameter of its own', async () => {
    const world = await worldWith(foreignImage);
    await writeParameter(world, aClaimedStack(), 'forward');
    expect(world.parameters.puts).toEqual([]);
  });

  it.each([
    ['forward', oldImage, 'restoring'],
    ['restore', newImage, 'closed'],
  ] as const)('writes nothing %s behind the fence', async (direction, value, phase) => {
    const world = await worldWith(value, { phase });
    await expect(writeParameter(world, ssm(), direction)).rejects.toMatchObject({ name: 'Fenced' });
    expect(world.parameters.puts).toEqual([]);
  });

  it('waits until the written value is visible', async () => {
    const world = await worldWith(oldImage);
    let looks = 0;
    const parameters = {
      ...world.parameters,
      putImage: () => Promise.resolve(5),
      find: () => {
        looks += 1;
        return Promise.resolve(
          looks < 4 ? { name, value: oldImage, version: 4 } : { name, value: newImage, version: looks === 4 ? 4 : 5 },
        );
      },
    };
    await writeParameter({ ...world, parameters }, ssm(), 'forward');
    // The look before the write, three at the old value or version, and the one that shows the new version.
    expect(looks).toBe(5);
    expect(world.clock.slept).toEqual([1000, 1000, 1000]);
  });

  it('gives up after half a minute', async () => {
    const world = await worldWith(oldImage);
    world.parameters.neverValid.add(newImage);
    await expect(writeParameter(world, ssm(), 'forward')).rejects.toMatchObject({
      name: 'ParameterNotValidated',
      message: expect.stringContaining('is the image usable in 100000000001/eu-west-1?'),
    });
    expect(world.clock.slept).toHaveLength(30);
  });
});
