import { describe, expect, it } from '@jest/globals';
import { replaceGroup } from '../../../rehearsal/aws/state/group-replacement.ts';
import { Simulation } from './simulation.ts';

describe('a group in place of another', () => {
  it('goes on reading the SSM parameter at each launch', async () => {
    await using simulation = new Simulation({
      fleet: { stacks: [{ name: 'web', mode: 'ssm', ssmParameter: '/team/image', readBy: 'launch' }] },
    });
    const stack = simulation.stack('web');
    const before = stack.group;
    stack.group.launchImage = 'ami-0000000000000000a';
    expect(before.launchImage).toBe(simulation.previousImage);
    replaceGroup(simulation.world, stack, 'ami-0000000000000000b');
    expect(stack.group).not.toBe(before);
    expect(stack.group.launchImage).toBe(simulation.previousImage);
  });
});
