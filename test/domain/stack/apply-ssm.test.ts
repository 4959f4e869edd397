import { describe, expect, it } from '@jest/globals';
import { StackBusy } from '../../../domain/errors.ts';
import type { StackRecord } from '../../../domain/records/stack-record.ts';
import { apply } from '../../../domain/stack/apply.ts';
import { keys } from '../../../domain/store/keys.ts';
import { foreignImage, here, newImage, oldImage } from '../fakes/names.ts';
import { readAgain } from '../fakes/seed.ts';
import { aPrevious, aTask } from '../fakes/stack-record.ts';
import { aStack, ssmParameters } from '../fakes/stacks.ts';
import { fresh, worldWith, forward, back, restoring, openRestore } from './apply-world.ts';

describe('apply by SSM parameter', () => {
  const ssm = (over: Partial<StackRecord> = {}) =>
    fresh({
      mode: 'ssm',
      ssmParameter: '/golden/image',
      previous: aPrevious({ parameterValue: '/golden/image', ssm: { value: oldImage, version: 1 } }),
      ...over,
    });

  it('writes the parameter first and then lets the stack read it again', async () => {
    const { world, record } = await worldWith(ssm());
    world.parameters.set('/golden/image', oldImage);
    let atUpdate: string | undefined;
    world.stacks.onUpdate = () => {
      atUpdate = world.parameters.valueOf('/golden/image');
      return Promise.resolve(true);
    };
    await forward(world, record);
    expect(atUpdate).toBe(newImage);
    expect(world.stacks.updates).toMatchObject([{ parameter: 'ImageId', value: null }]);
  });

  it('puts parameter and stack back', async () => {
    const { world, record } = await worldWith(ssm());
    world.parameters.set('/golden/image', oldImage);
    await forward(world, record);
    await openRestore(world);
    world.stacks.put(aStack({ parameters: ssmParameters(newImage) }));
    await back(world, record, 'token-2');
    expect(world.parameters.valueOf('/golden/image')).toBe(oldImage);
    expect(world.stacks.updates).toMatchObject([{ value: null }, { value: null }]);
  });

  it.each([
    [
      'holds an image of somebody else',
      foreignImage,
      /holds ami-00000000000000003, which this campaign has not written/,
    ],
    ['was deleted', null, /was deleted/],
  ])(
    'stops where the parameter %s on the way back, and leaves stack and parameter alone',
    async (_what, value, message) => {
      const { world, record } = await worldWith(ssm({ status: 'restoring', touched: true }), restoring);
      if (value !== null) world.parameters.set('/golden/image', value);
      world.stacks.put(aStack({ parameters: ssmParameters(newImage) }));
      await expect(back(world, record)).rejects.toMatchObject({
        name: 'ForeignChange',
        message: expect.stringMatching(message),
      });
      expect(world.stacks.updates).toEqual([]);
      expect(world.parameters.puts).toEqual([]);
    },
  );

  it('stays touched where only the update was refused: the parameter has been written', async () => {
    const { world, record } = await worldWith(ssm());
    world.parameters.set('/golden/image', oldImage);
    world.stacks.onUpdate = () => Promise.reject(new StackBusy('busy'));
    await expect(forward(world, record)).rejects.toThrow(StackBusy);
    expect(await readAgain(world, record)).toMatchObject({ touched: true, operation: null });
    expect(world.parameters.valueOf('/golden/image')).toBe(newImage);
  });

  it("waits for the target's turn after the parameter is valid, right before the call", async () => {
    const { world, record } = await worldWith(ssm());
    world.parameters.set('/golden/image', oldImage);
    await world.table.put(keys.pace(here, 'update'), { nextAt: world.clock.now().getTime() + 5000 });
    let atSleep: string | undefined;
    const clock = {
      ...world.clock,
      sleep: () => {
        atSleep = world.parameters.valueOf('/golden/image');
        return Promise.resolve();
      },
    };
    await apply({ ...world, clock })(aTask(record));
    expect(atSleep).toBe(newImage);
    expect(world.stacks.updates).toHaveLength(1);
  });

  it('does not let the stack read a parameter that did not pass its validation', async () => {
    const { world, record } = await worldWith(ssm());
    world.parameters.set('/golden/image', oldImage);
    world.parameters.neverValid.add(newImage);
    await expect(forward(world, record)).rejects.toMatchObject({ name: 'ParameterNotValidated' });
    expect(world.stacks.updates).toEqual([]);
  });
});
