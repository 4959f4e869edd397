import { describe, expect, it } from '@jest/globals';
import { AccessDenied, Throttled } from '../../../domain/errors.ts';
import { readTemplates } from '../../../domain/planning/read-templates.ts';
import { takeInventory, type InventoryScope } from '../../../domain/planning/take-inventory.ts';
import type { StackFacts } from '../../../domain/ports/stacks.ts';
import { targetName, type Target } from '../../../domain/target.ts';
import { aGroup } from '../fakes/groups.ts';
import { foreignImage, here, hub, newImage, oldImage, stackIdOf, there } from '../fakes/names.ts';
import { aStack, ssmParameters } from '../fakes/stacks.ts';
import { aWorld, type World } from '../fakes/world.ts';

const stackIn = (target: Target, name: string, over: Partial<StackFacts> = {}) =>
  aStack({ name, stackId: stackIdOf(name, target), ...over });
const tagged = (tags: Record<string, string>) => ({ tags: { ...aStack().tags, ...tags } });

const take = (world: World, scope: Partial<InventoryScope> = {}) =>
  takeInventory(world)({ family: null, instances: true, templates: null, ...scope });

const show = (world: World, ...stacks: readonly StackFacts[]) => world.stacks.pages.set(targetName(here), [stacks]);

describe('takeInventory', () => {
  it('tells of each opted-in stack what a campaign would go by, and nothing else', async () => {
    const world = aWorld();
    const tags = { 'ami-rollout:ring': 'canary', 'ami-rollout:alarms': 'a, b', 'cost-center': 'secret' };
    show(world, stackIn(here, 'web', { ...tagged(tags), parameters: ssmParameters(oldImage), roleArn: 'arn:role' }));
    world.stacks.pages.set(targetName(there), []);
    world.groups.found = [aGroup({ [oldImage]: 2, [foreignImage]: 1 }, { stackId: stackIdOf('web') })];
    expect(await take(world)).toEqual({
      schemaVersion: 1,
      takenAt: '2026-11-22T12:00:00.000Z',
      hub,
      family: null,
      stacks: [
        {
          stackId: stackIdOf('web'),
          stackName: 'web',
          ...here,
          family: 'al2023-base',
          environment: 'production',
          status: 'UPDATE_COMPLETE',
          ring: 'canary',
          mode: 'ssm',
          parameter: 'ImageId',
          ssmParameter: '/golden/image',
          readBy: 'stack',
          image: oldImage,
          running: { [oldImage]: 2, [foreignImage]: 1 },
          replacement: null,
          serviceRole: true,
          alarms: ['a', 'b'],
          tags: {
            'ami-rollout:family': 'al2023-base',
            'ami-rollout:environment': 'production',
            'ami-rollout:ring': 'canary',
            'ami-rollout:alarms': 'a, b',
          },
        },
      ],
      leftOut: [],
      unreachable: [],
      gaps: [],
      counts: { targets: 2, seen: 1, notOptedIn: 0, otherFamilies: 0 },
    });
  });

  it('counts the stacks that did not opt in, or into another family, and asks nothing more about them', async () => {
    const world = aWorld();
    show(world, stackIn(here, 'a', { tags: {} }), stackIn(here, 'b', tagged({ 'ami-rollout:family': 'other' })));
    const { stacks, leftOut, counts } = await take(world, { family: 'al2023-base', templates: readTemplates });
    expect({ stacks, leftOut }).toEqual({ stacks: [], leftOut: [] });
    expect(counts).toEqual({ targets: 2, seen: 2, notOptedIn: 1, otherFamilies: 1 });
    expect([...world.stacks.calls, ...world.groups.calls].sort()).toEqual([
      `list ${targetName(here)}`,
      `list ${targetName(there)}`,
    ]);
  });

  it.each<[string, Partial<StackFacts>, string]>([
    [
      'family',
      tagged({ 'ami-rollout:family': 'al2' }),
      'its tag ami-rollout:family names al2; the families are al2023-base',
    ],
    ['ring', tagged({ 'ami-rollout:ring': 'x' }), 'its tag ami-rollout:ring names ring x; the rings are canary, full'],
    ['parent', { parentId: 'arn:parent' }, 'a nested stack: its parent must be updated'],
  ])('leaves a stack out for its %s, and says why', async (_, over, reason) => {
    const world = aWorld();
    show(world, stackIn(here, 'web', over));
    const { stacks, leftOut } = await take(world);
    expect(stacks).toEqual([]);
    expect(leftOut).toMatchObject([{ stackName: 'web', ...here, reason }]);
  });

  it('leaves out stacks that share their SSM parameter, as a campaign does', async () => {
    const world = aWorld();
    const other = stackIn(here, 'b', { parameters: ssmParameters(oldImage), tags: {} });
    show(world, stackIn(here, 'a', { parameters: ssmParameters(oldImage) }), other);
    const { stacks, leftOut } = await take(world);
    expect(stacks).toEqual([]);
    expect(leftOut).toMatchObject([
      { stackName: 'a', reason: expect.stringContaining('also read by b, which is not') },
    ]);
  });

  it('asks for the groups of a target once, however many stacks it has', async () => {
    const world = aWorld();
    show(world, ...Array.from({ length: 120 }, (_, index) => stackIn(here, `app-${index}`)));
    expect((await take(world)).stacks).toHaveLength(120);
    expect(world.groups.calls).toEqual(['count 120']);
    expect(world.stacks.calls).toHaveLength(2);
  });

  it('does not ask for instances where they are not wanted', async () => {
    const world = aWorld();
    show(world, stackIn(here, 'web'));
    expect((await take(world, { instances: false })).stacks).toMatchObject([{ running: null }]);
    expect(world.groups.calls).toEqual([]);
  });

  it.each([new AccessDenied('no'), new Throttled('no')])('goes on without a target that answers %s', async (error) => {
    const world = aWorld();
    const { pages } = world.stacks;
    world.stacks.list = async function* (target) {
      await Promise.resolve();
      if (targetName(target) === targetName(there)) {
        yield [stackIn(there, 'half', { tags: {} })];
        throw error;
      }
      yield* pages.get(targetName(target)) ?? [];
    };
    show(world, stackIn(here, 'web'));
    const { stacks, unreachable, counts } = await take(world);
    expect(stacks.map(({ stackName }) => stackName)).toEqual(['web']);
    expect(unreachable).toEqual([{ ...there, reason: 'no' }]);
    expect(counts).toEqual({ targets: 2, seen: 1, notOptedIn: 0, otherFamilies: 0 });
  });

  it('keeps the stacks whose groups it may not read, and names the gap', async () => {
    const world = aWorld();
    show(world, stackIn(here, 'web'));
    world.groups.ofStacks = () => Promise.reject(new AccessDenied('no groups'));
    const { stacks, gaps } = await take(world);
    expect(stacks).toMatchObject([{ stackName: 'web', running: null }]);
    expect(gaps).toEqual([{ ...here, what: 'running images', reason: 'no groups' }]);
  });

  it('does not take a defect of ours for a target that refuses', async () => {
    const world = aWorld();
    show(world, stackIn(here, 'web'));
    world.groups.ofStacks = () => Promise.reject(new TypeError('x is undefined'));
    await expect(take(world)).rejects.toThrow(TypeError);
  });

  describe('with templates', () => {
    it('says how an update replaces the instances', async () => {
      const world = aWorld();
      show(world, stackIn(here, 'web'));
      expect((await take(world, { templates: readTemplates })).stacks).toMatchObject([{ replacement: 'rolling' }]);
    });

    it('leaves out what a claim would refuse', async () => {
      const world = aWorld();
      show(world, stackIn(here, 'web'));
      world.stacks.templateText = 'Resources: { Topic: { Type: AWS::SNS::Topic } }';
      const { stacks, leftOut } = await take(world, { templates: readTemplates });
      expect(stacks).toEqual([]);
      expect(leftOut).toMatchObject([{ stackName: 'web', reason: expect.stringMatching(/ImageId/) }]);
    });

    it('takes a stack with an instance of its own where its tag allows the replacement', async () => {
      const world = aWorld();
      world.stacks.templateText = JSON.stringify({
        Parameters: { ImageId: { Type: 'AWS::EC2::Image::Id' } },
        Resources: { Alone: { Type: 'AWS::EC2::Instance', Properties: { ImageId: { Ref: 'ImageId' } } } },
      });
      show(world, stackIn(here, 'allowed', tagged({ 'ami-rollout:standalone': 'replace' })), stackIn(here, 'refused'));
      const { stacks, leftOut } = await take(world, { templates: readTemplates });
      expect(stacks.map(({ stackName }) => stackName)).toEqual(['allowed']);
      expect(leftOut).toMatchObject([{ stackName: 'refused', reason: expect.stringContaining('stands alone') }]);
    });

    it('keeps a stack whose template cannot be read, and names the gap', async () => {
      const world = aWorld();
      show(world, stackIn(here, 'web'));
      world.stacks.templateText = '{';
      const { stacks, gaps } = await take(world, { templates: readTemplates });
      expect(stacks).toMatchObject([{ stackName: 'web', image: oldImage, replacement: null }]);
      expect(gaps).toMatchObject([{ ...here, what: 'template of web' }]);
    });
  });

  it('does not depend on an image: stacks on different ones are all in it', async () => {
    const world = aWorld();
    const on = (image: string) => ({ parameters: [{ name: 'Ami', value: image, resolved: null }] });
    show(world, stackIn(here, 'a', on(oldImage)), stackIn(here, 'b', on(newImage)));
    expect((await take(world)).stacks.map(({ image, parameter }) => [image, parameter])).toEqual([
      [oldImage, 'Ami'],
      [newImage, 'Ami'],
    ]);
  });

  describe('of stacks whose launches read an SSM parameter', () => {
    const atLaunch = (name: string, parameter: string) =>
      stackIn(here, name, { parameters: [{ name: 'ImageId', value: `resolve:ssm:${parameter}`, resolved: null }] });

    it('reads the image from the parameter', async () => {
      const world = aWorld();
      show(world, atLaunch('web', '/web/image'));
      world.parameters.set('/web/image', oldImage);
      const { stacks, leftOut } = await take(world);
      expect({ stacks, leftOut }).toMatchObject({
        stacks: [{ stackName: 'web', readBy: 'launch', ssmParameter: '/web/image', image: oldImage }],
        leftOut: [],
      });
    });

    it('leaves those out of which no image can be told', async () => {
      const world = aWorld();
      show(world, atLaunch('api', '/gone'), atLaunch('web', '/text'));
      world.parameters.set('/text', 'soon');
      const { stacks, leftOut } = await take(world);
      expect(stacks).toEqual([]);
      expect(leftOut).toMatchObject([
        { stackName: 'api', reason: 'the SSM parameter /gone does not exist' },
        { stackName: 'web', reason: 'the SSM parameter /text holds soon, which is no image' },
      ]);
    });
  });
});
