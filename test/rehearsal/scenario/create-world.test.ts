import { describe, expect, it } from '@jest/globals';
import { createWorld } from '../../../rehearsal/scenario/create-world.ts';
import { scenarioOf } from '../../../rehearsal/scenario/parse-scenario.ts';

const worldOf = (fleet: object) => createWorld(scenarioOf({ name: 'x', fleet }, 'x'), { emit: () => undefined });

describe('createWorld', () => {
  it('puts the example stacks into their accounts, on the previous image', () => {
    const { world, images, before } = worldOf({ stacks: 40 });
    expect(world.stacks).toHaveLength(40);
    for (const stack of world.stacks) {
      expect(stack.image).toBe(images.previous.get(stack.region));
      expect(before.get(stack.id)?.running).toEqual({ [stack.image]: 2 });
      expect(stack.settings.template.body).toContain('AWS::AutoScaling::AutoScalingGroup');
    }
  });

  it('can begin with a new parameter and old instances', () => {
    const { world, images, before } = worldOf({
      stacks: [{ name: 'web', mode: 'ssm', image: 'new', runs: 'previous' }],
    });
    const [stack] = world.stacks;
    const image = images.new.get('eu-west-1')!;
    expect(before.get(stack!.id)).toEqual({
      status: 'CREATE_COMPLETE',
      parameter: '/fleet/web/image',
      resolved: image,
      ssmValue: image,
      running: { [images.previous.get('eu-west-1')!]: 2 },
    });
  });

  it('holds ten thousand stacks in little memory', () => {
    globalThis.gc?.();
    const heap = process.memoryUsage().heapUsed;
    const { world } = worldOf({ accounts: 10, stacks: 10_000 });
    globalThis.gc?.();
    expect(world.stacks).toHaveLength(10_000);
    expect((process.memoryUsage().heapUsed - heap) / 2 ** 20).toBeLessThan(150);
  });
});
