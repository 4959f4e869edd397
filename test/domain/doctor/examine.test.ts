import { describe, expect, it } from '@jest/globals';
import type { Check } from '../../../domain/doctor/check.ts';
import { examine } from '../../../domain/doctor/examine.ts';
import type { StackFacts } from '../../../domain/ports/stacks.ts';
import { targetName } from '../../../domain/target.ts';
import { here, oldImage, stackIdOf, there } from '../fakes/names.ts';
import { aStack, ssmParameters } from '../fakes/stacks.ts';
import { aWorld, type World } from '../fakes/world.ts';

const stack = (name: string, over: Partial<StackFacts> = {}) => aStack({ name, stackId: stackIdOf(name), ...over });
const show = (world: World, ...stacks: readonly StackFacts[]): void => {
  world.stacks.pages.set(targetName(here), [stacks]);
  world.stacks.pages.set(targetName(there), [[aStack({ name: 'other', stackId: stackIdOf('other', there) })]]);
};
const all = async (world: World): Promise<Check[]> => {
  const checks: Check[] = [];
  let cursor: string | null = null;
  do {
    const page = await examine(world)(cursor);
    checks.push(...page.items);
    cursor = page.next;
  } while (cursor !== null);
  return checks;
};
const wrong = async (world: World): Promise<readonly Check[]> =>
  (await all(world)).filter(({ state }) => state !== 'ok');

describe('examine', () => {
  it('finds nothing missing where everything is there, and changes nothing', async () => {
    const world = aWorld();
    world.parameters.set('/golden/image', oldImage);
    show(world, stack('web', { parameters: ssmParameters(oldImage) }), stack('mine', { tags: {} }));
    expect(await wrong(world)).toEqual([]);
    expect((await all(world)).map(({ check }) => check)).toEqual(
      expect.arrayContaining(['event bus', 'people', 'role', 'opted in', 'SSM parameters', 'events']),
    );
    expect(world.parameters.puts).toEqual([]);
  });

  it('says that a target does not let the hub in, with the role and how to make it', async () => {
    const world = aWorld();
    show(world, stack('web'));
    world.stacks.refused.add(targetName(here));
    expect(await wrong(world)).toEqual([
      {
        subject: targetName(here),
        check: 'role',
        state: 'missing',
        says: expect.stringContaining('refuse'),
        mend: expect.stringMatching(/npx cdk deploy 'ami-rollout-spoke-100000000001-\*'.*external id/),
      },
    ]);
  });

  it.each([
    [{ 'ami-rollout:Family': 'al2023-base' }, 'nearly ami-rollout:family'],
    [{ 'ami-rollout-family': 'al2023-base' }, 'nearly ami-rollout:family'],
    [{ 'ami-rollout:family': 'al2023-bsae' }, 'is al2023-base meant?'],
    [{ 'ami-rollout:ring': 'canary' }, 'without that it does not take part'],
    [{ 'ami-rollout:family': 'al2023-base', 'ami-rollout:colour': 'red' }, 'means nothing'],
  ])('names the stack whose tags %j are nearly right', async (tags, says) => {
    const world = aWorld();
    show(world, stack('web'), stack('nearly', { tags: tags }));
    expect(await wrong(world)).toEqual([
      expect.objectContaining({ check: 'tags', state: 'missing', says: expect.stringContaining(`nearly: `) }),
    ]);
    expect((await wrong(world))[0]?.says).toContain(says);
  });

  it('leaves what belongs to the product alone, and to others', async () => {
    const world = aWorld();
    show(
      world,
      stack('web'),
      stack('hub', { tags: { 'ami-rollout:product': 'ami-rollout' } }),
      stack('a', { tags: { a: 'b' } }),
    );
    expect(await wrong(world)).toEqual([]);
  });

  it('warns where nothing has opted in, and of what is left out', async () => {
    const world = aWorld();
    show(world, stack('mine', { tags: {} }));
    expect(await wrong(world)).toMatchObject([{ check: 'opted in', state: 'warning' }]);
    show(world, stack('web', { tags: { ...aStack().tags, 'ami-rollout:ring': 'nowhere' } }));
    expect(await wrong(world)).toMatchObject([
      { check: 'left out', state: 'warning', says: expect.stringContaining('web: its tag ami-rollout:ring') },
    ]);
  });

  it('says which SSM parameter is not there, holds no image, or cannot be read', async () => {
    const world = aWorld();
    show(world, stack('web', { parameters: ssmParameters(oldImage) }));
    const says = async () => (await wrong(world)).map((one) => `${one.check}: ${one.says}`);
    expect(await says()).toEqual(['SSM parameters: /golden/image does not exist']);
    world.parameters.set('/golden/image', 'latest');
    expect(await says()).toEqual(['SSM parameters: /golden/image holds latest, which is no image']);
    world.parameters.refused.add(targetName(here));
    expect(await says()).toEqual([expect.stringContaining('refuses us')]);
  });

  it('says which events do not come to the hub: no rule, a disabled one, or a bus that does not take them', async () => {
    const world = aWorld();
    show(world, stack('web'));
    const { patterns, policy } = world.forwarding;
    world.forwarding.patterns = patterns.filter(({ source }) => !source.includes('aws.cloudformation'));
    expect(await wrong(world)).toMatchObject([
      {
        subject: targetName(here),
        check: 'events',
        says: expect.stringContaining('CloudFormation Stack Status Change'),
      },
      { subject: targetName(there), check: 'events' },
    ]);
    world.forwarding.patterns = patterns;
    world.forwarding.disabled = [0];
    expect((await wrong(world))[0]).toMatchObject({
      says: expect.stringContaining('disabled: rule-0'),
      mend: expect.stringContaining('enable'),
    });
    world.forwarding.disabled = [];
    world.forwarding.policy = policy?.replaceAll('100000000001', '100000000009');
    expect(await wrong(world)).toMatchObject([{ subject: targetName(here), check: 'bus policy', state: 'missing' }]);
    world.forwarding.policy = undefined;
    expect(await wrong(world)).toMatchObject([{ subject: 'hub', check: 'event bus', state: 'missing' }]);
  });
});
