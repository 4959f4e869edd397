import { describe, expect, it } from '@jest/globals';
import { Throttled } from '../../../domain/errors.ts';
import { discover } from '../../../domain/planning/discover.ts';
import type { Inventory } from '../../../domain/planning/inventory.ts';
import type { StackFacts } from '../../../domain/ports/stacks.ts';
import { targetName, type Target } from '../../../domain/target.ts';
import { here, newImage, oldImage, stackIdOf, there } from '../fakes/names.ts';
import { seedCampaign, trailOf } from '../fakes/seed.ts';
import { aStack, ssmParameters } from '../fakes/stacks.ts';
import { aConfiguration } from '../fakes/configuration.ts';
import { aWorld, type World } from '../fakes/world.ts';

const stackIn = (target: Target, name: string, over: Partial<StackFacts> = {}) =>
  aStack({ name, stackId: stackIdOf(name, target), ...over });
const foreign = { tags: {} };

const run = async (
  world: World,
  imageSet: Record<string, string> = { 'eu-west-1': newImage, 'us-east-1': newImage },
) => {
  await seedCampaign(world, { imageSet });
  const output = await discover(world)({ campaignId: 'campaign-1' });
  return { output, inventory: (await world.planStore.get(output.inventory)) as Inventory };
};

describe('discover', () => {
  it('reads all pages of all targets and keeps what follows the family', async () => {
    const world = aWorld();
    world.stacks.pages.set(targetName(there), [[stackIn(there, 'z')], [stackIn(there, 'foreign', foreign)]]);
    world.stacks.pages.set(targetName(here), [
      [stackIn(here, 'b'), stackIn(here, 'held', { tags: { ...aStack().tags, 'ami-rollout:hold': 'x' } })],
      [],
      [stackIn(here, 'a')],
    ]);
    const { output, inventory } = await run(world);
    expect(output).toEqual({
      inventory: 'campaigns/campaign-1/inventory.json',
      discovered: 5,
      eligible: 3,
      targets: 2,
    });
    expect(inventory).toMatchObject({
      candidates: [{ stackName: 'a' }, { stackName: 'b' }, { stackName: 'z', account: there.account }],
      leftOut: [{ stackName: 'held', reason: 'held by its tag ami-rollout:hold: x' }],
      unreachable: [],
      seen: 5,
    });
  });

  it('orders what it finds by account, region and name', async () => {
    const world = aWorld({
      targets: { ...aConfiguration().targets, list: [there, { ...here, region: 'us-east-1' }, here] },
    });
    for (const target of [there, { ...here, region: 'us-east-1' }, here])
      world.stacks.pages.set(targetName(target), [[stackIn(target, 'b'), stackIn(target, 'a')]]);
    const { inventory } = await run(world);
    expect(inventory.candidates.map(({ account, region, stackName }) => `${account} ${region} ${stackName}`)).toEqual([
      '100000000001 eu-west-1 a',
      '100000000001 eu-west-1 b',
      '100000000001 us-east-1 a',
      '100000000001 us-east-1 b',
      '100000000002 us-east-1 a',
      '100000000002 us-east-1 b',
    ]);
  });

  it('keeps nothing else about a stack that did not opt in', async () => {
    const world = aWorld();
    world.stacks.pages.set(targetName(here), [[stackIn(here, 'foreign', foreign)]]);
    const { inventory } = await run(world);
    expect(inventory).toEqual({ candidates: [], leftOut: [], unreachable: [], shared: [], seen: 1 });
  });

  it('leaves a target out that refuses us, and says so', async () => {
    const world = aWorld();
    world.stacks.put(stackIn(here, 'a'));
    world.stacks.refused.add(targetName(there));
    const { output, inventory } = await run(world);
    expect(output).toMatchObject({ eligible: 1, targets: 2 });
    expect(inventory.unreachable).toEqual([{ ...there, reason: '100000000002/us-east-1 refuses us' }]);
    expect((await trailOf(world)).at(-1)).toMatchObject({
      what: 'stacks discovered',
      why: '1 of 1 stacks in 2 targets follow the family, 0 cannot be moved, 1 targets refuse us or are not in use',
      evidence: { unreachable: [there] },
    });
  });

  it('asks no target in a region without a copy of the image', async () => {
    const world = aWorld();
    world.stacks.put(stackIn(here, 'a'));
    const { output } = await run(world, { 'eu-west-1': newImage });
    expect(output.targets).toBe(1);
    expect(world.stacks.calls).toEqual([`list ${targetName(here)}`]);
  });

  it.each<[string, StackFacts, string[]]>([
    ['another stack of the family', stackIn(here, 'b', { parameters: ssmParameters(oldImage) }), ['a', 'b']],
    ["somebody else's stack", stackIn(here, 'b', { ...foreign, parameters: ssmParameters(oldImage) }), ['a', 'b']],
    [
      'a stack whose launches read it',
      stackIn(here, 'b', { parameters: [{ name: 'I', value: 'resolve:ssm:/golden/image', resolved: null }] }),
      ['a', 'b'],
    ],
    ['no other stack', stackIn(here, 'b', { parameters: ssmParameters(oldImage, '/another') }), []],
    ['a stack in another target', stackIn(there, 'b', { parameters: ssmParameters(oldImage) }), []],
  ])('tells the plan who reads an SSM parameter: %s', async (_what, other, readers) => {
    const world = aWorld();
    const reader = stackIn(here, 'a', { parameters: ssmParameters(oldImage) });
    const isHere = other.stackId.includes(here.account);
    world.stacks.pages.set(targetName(here), isHere ? [[reader], [other]] : [[reader]]);
    world.stacks.pages.set(targetName(there), isHere ? [] : [[other]]);
    const { inventory } = await run(world);
    expect(inventory.shared.flatMap(({ readers: all }) => all.map(({ stackName }) => stackName))).toEqual(readers);
  });

  it('ends where a target refuses it and the configuration wants the whole fleet', async () => {
    const world = aWorld({ stacks: { ...aConfiguration().stacks, unreachableTargets: 'fail' } });
    world.stacks.put(stackIn(here, 'a'));
    world.stacks.refused.add(targetName(there));
    await expect(run(world)).rejects.toMatchObject({
      name: 'TargetUnreachable',
      message: '100000000002/us-east-1: 100000000002/us-east-1 refuses us',
    });
    expect(world.planStore.documents.size).toBe(0);
  });

  it('stops at any other trouble: half a fleet is not the fleet', async () => {
    const world = aWorld();
    // eslint-disable-next-line @typescript-eslint/require-await
    world.stacks.list = async function* () {
      yield [stackIn(here, 'a')];
      throw new Throttled('slow down');
    };
    await expect(run(world)).rejects.toThrow(Throttled);
    expect(world.planStore.documents.size).toBe(0);
  });
});
