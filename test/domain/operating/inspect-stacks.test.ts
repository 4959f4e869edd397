import { describe, expect, it } from '@jest/globals';
import { AccessDenied } from '../../../domain/errors.ts';
import { inspectStacks } from '../../../domain/operating/inspect-stacks.ts';
import { inspectedStacks } from '../../../domain/operating/inspected-stacks.ts';
import type { Target } from '../../../domain/target.ts';
import { here, stackIdOf } from '../fakes/names.ts';
import { rollingTemplate } from '../fakes/stacks.ts';
import { aWorld } from '../fakes/world.ts';

const ask = (template: (target: Target, stackId: string) => Promise<string>, ...names: readonly string[]) => {
  const world = aWorld();
  const stacks = names.map((name) => ({ stackId: stackIdOf(name), ...here, parameter: 'ImageId', readBy: null }));
  const ports = {
    ...world,
    stacks: {
      ...world.stacks,
      template: (target: Target, stackId: string) => {
        world.clock.advance(0.15);
        return template(target, stackId);
      },
    },
  };
  return inspectStacks(ports)({ campaignId: 'campaign-1', stacks });
};

describe('inspectStacks', () => {
  it('says how updates replace the instances, and leaves out what it cannot read', async () => {
    const answer = await ask(
      (_, stackId) =>
        stackId === stackIdOf('hidden') ? Promise.reject(new AccessDenied('no')) : Promise.resolve(rollingTemplate),
      'hidden',
      'app',
    );
    expect(inspectedStacks.parse(answer)).toEqual({ replacements: { [stackIdOf('app')]: 'rolling' } });
  });

  it('answers in time, with what it has read by then', async () => {
    const { replacements } = await ask(() => Promise.resolve(rollingTemplate), 'one', 'two', 'three', 'four');
    expect(Object.keys(replacements)).toEqual(['one', 'two', 'three'].map((name) => stackIdOf(name)));
  });

  it('does not hide a mistake of ours', async () => {
    await expect(ask(() => Promise.reject(new TypeError('x is undefined')), 'app')).rejects.toThrow(TypeError);
  });
});
