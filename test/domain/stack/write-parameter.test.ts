import { describe, expect, it } from '@jest/globals';
import { applyImage } from '../../../contracts/apply-image.ts';
import type { Campaign } from '../../../domain/records/campaign.ts';
import type { StackRecord } from '../../../domain/records/stack-record.ts';
import { writeParameter } from '../../../domain/stack/write-parameter.ts';
import { rememberedParameter } from '../../../domain/store/parameters.ts';
import { retryOf } from '../../../statemachines/typed/retry.ts';
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
    await expect(writeParameter(world, ssm(), 'forward')).rejects.toMatchObject({
      name: 'ForeignChange',
      message: `SSM parameter ${name} holds ${foreignImage}, which this campaign has not written`,
    });
    expect(world.parameters.valueOf(name)).toBe(foreignImage);
  });

  it('puts the remembered value back', async () => {
    const world = await worldWith(oldImage, { phase: 'restoring' });
    world.parameters.set(name, newImage);
    await writeParameter(world, ssm(), 'restore');
    expect(world.parameters.puts).toEqual([put(oldImage)]);
    // What the way back finds is no previous value.
    expect(await rememberedParameter(world, 'campaign-1', here, name)).toBeUndefined();
  });

  it('puts back what the parameter held, also where the stack had resolved it to something else', async () => {
    const world = await worldWith(foreignImage);
    await writeParameter(world, ssm(), 'forward');
    await writeParameter(world, ssm({ status: 'restoring' }), 'restore');
    expect(world.parameters.puts).toEqual([put(newImage), put(foreignImage)]);
  });

  it('puts nothing back where the campaign has remembered the parameter and not come to write it', async () => {
    const world = await worldWith(oldImage);
    world.parameters.onPut = () => Promise.reject(new Error('the function died'));
    await expect(writeParameter(world, ssm(), 'forward')).rejects.toThrow('the function died');
    world.parameters.onPut = () => Promise.resolve();
    await writeParameter(world, ssm({ status: 'restoring' }), 'restore');
    expect(world.parameters.puts).toEqual([]);
  });

  it.each(['forward', 'restore'] as const)('says on the way %s that the parameter was deleted', async (direction) => {
    const world = await worldWith(oldImage, { phase: direction === 'restore' ? 'restoring' : 'running' });
    const gone = ssm({ ssmParameter: '/gone' });
    await expect(writeParameter(world, gone, direction)).rejects.toMatchObject({
      name: 'ForeignChange',
      message: 'SSM parameter /gone was deleted',
    });
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
          looks < 4
            ? { name, value: oldImage, version: 4, dataType: 'aws:ec2:image' }
            : { name, value: newImage, version: looks === 4 ? 4 : 5, dataType: 'aws:ec2:image' },
        );
      },
    };
    await writeParameter({ ...world, parameters }, ssm(), 'forward');
    // The look before the write, three at the old value or version, and the one that shows the new version.
    expect(looks).toBe(5);
    expect(world.clock.slept).toEqual([500, 500, 1000]);
  });

  it('gives up after ten seconds, so that the machine waits and not the function', async () => {
    const world = await worldWith(oldImage);
    world.parameters.neverValid.add(newImage);
    await expect(writeParameter(world, ssm(), 'forward')).rejects.toMatchObject({
      name: 'ParameterNotValidated',
      message: expect.stringContaining('is the image usable in 100000000001/eu-west-1?'),
    });
    expect(world.clock.slept.reduce((sum, one) => sum + one, 0)).toBe(10_000);
    expect(retryOf(applyImage).errors).toContain('ParameterNotValidated');
  });

  it('does not write again what is still being validated when it is tried again', async () => {
    const world = await worldWith(oldImage);
    world.parameters.neverValid.add(newImage);
    const gone = { name: 'ParameterNotValidated' };
    await expect(writeParameter(world, ssm(), 'forward')).rejects.toMatchObject(gone);
    await expect(writeParameter(world, ssm(), 'forward')).rejects.toMatchObject(gone);
    expect(world.parameters.puts).toEqual([put(newImage)]);
    world.parameters.set(name, newImage, here, 5);
    await writeParameter(world, ssm(), 'forward');
    expect(world.parameters.puts).toEqual([put(newImage)]);
  });

  it('waits for the stack that shares the parameter and is writing it', async () => {
    const world = await worldWith(oldImage);
    let other: Promise<void> | undefined;
    world.parameters.onPut = async () => {
      other ??= writeParameter(world, ssm({ stackId: 'arn:other', stackName: 'app-0002' }), 'forward');
      await Promise.resolve();
    };
    await writeParameter(world, ssm(), 'forward');
    await other;
    expect(world.parameters.puts).toEqual([put(newImage)]);
  });

  it('takes the turn of a writer that has died before it wrote', async () => {
    const world = await worldWith(oldImage);
    world.parameters.onPut = () => Promise.reject(new Error('the function died'));
    await expect(writeParameter(world, ssm(), 'forward')).rejects.toThrow('the function died');
    world.parameters.onPut = () => Promise.resolve();
    const other = ssm({ stackId: 'arn:other', stackName: 'app-0002' });
    await expect(writeParameter(world, other, 'forward')).rejects.toMatchObject({ name: 'ParameterNotValidated' });
    world.clock.advance(2);
    await writeParameter(world, other, 'forward');
    expect(world.parameters.puts).toEqual([put(newImage)]);
  });

  it('puts back after a forward write that is still to be seen, so that the way back is the last word', async () => {
    const world = await worldWith(oldImage);
    world.parameters.neverValid.add(newImage);
    await expect(writeParameter(world, ssm(), 'forward')).rejects.toMatchObject({ name: 'ParameterNotValidated' });
    await writeParameter(world, ssm({ status: 'restoring' }), 'restore');
    expect(world.parameters.puts).toEqual([put(newImage), put(oldImage)]);
  });

  it.each(['text', 'aws:ec2:image'])('keeps the data type %s', async (dataType) => {
    const world = await worldWith(oldImage);
    world.parameters.set(name, oldImage, here, 1, dataType);
    await writeParameter(world, ssm(), 'forward');
    expect(await world.parameters.find(here, name)).toMatchObject({ value: newImage, dataType });
  });
});
