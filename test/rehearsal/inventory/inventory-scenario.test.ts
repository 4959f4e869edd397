import { describe, expect, it } from '@jest/globals';
import type { FleetInventory } from '../../../domain/planning/fleet-inventory.ts';
import { rehearsalConfiguration } from '../../../rehearsal/run/rehearsal-configuration.ts';
import { inventoryScenario } from '../../../rehearsal/inventory/inventory-scenario.ts';
import { createWorld } from '../../../rehearsal/scenario/create-world.ts';
import { scenarioOf } from '../../../rehearsal/scenario/parse-scenario.ts';
import configuration from '../../../rollout.config.ts';
import { anInventory, common, rare } from './an-inventory.ts';

const base = scenarioOf({ name: 'sample', seed: 3, faults: [{ kind: 'stackBusy' }] }, 'sample');
const map = (inventory: FleetInventory) => inventoryScenario(inventory, base);
const worldOf = (inventory: FleetInventory) => createWorld(map(inventory).scenario, { emit: () => undefined });

describe('inventoryScenario', () => {
  it('keeps all of the scenario but its fleet', () => {
    const { fleet, image, ...rest } = map(anInventory()).scenario;
    const { fleet: _fleet, image: ownImage, ...own } = base;
    expect(rest).toEqual(own);
    expect(image).toEqual({ ...ownImage, previous: { 'eu-west-1': common } });
    expect(fleet.updateMinutes).toEqual(base.fleet.updateMinutes);
  });

  it('puts every stack where it is, with its mode, ring, tags, role and instances', () => {
    const stack = {
      stackName: 'api',
      account: '012345678901',
      region: 'us-east-1',
      mode: 'ssm',
      ssmParameter: '/api/image',
      ring: 'canary',
      alarms: ['a', 'b'],
      serviceRole: true,
      replacement: 'none',
      running: { [common]: 2, [rare]: 3 },
      tags: { 'ami-rollout:family': 'al2023-base', 'ami-rollout:ring': 'canary', 'ami-rollout:parameter': 'Web' },
    } as const;
    const { world, fleet } = worldOf(anInventory([stack, {}]));
    expect(fleet.accounts).toEqual(['012345678901', '999988887777']);
    expect(fleet.stacks).toMatchObject([
      {
        name: 'api',
        account: '012345678901',
        region: 'us-east-1',
        mode: 'ssm',
        replacement: 'none',
        instances: 5,
        serviceRoleArn: 'arn:aws:iam::012345678901:role/cloudformation-service-role',
      },
      { name: 'web', account: '999988887777', mode: 'parameter', instances: 3, serviceRoleArn: undefined },
    ]);
    expect(world.stacks[0]?.settings.tags).toEqual({
      'ami-rollout:family': 'al2023-base',
      'ami-rollout:environment': 'production',
      'ami-rollout:ring': 'canary',
      'ami-rollout:alarms': 'a,b',
    });
  });

  it('invents no environment and no alarm, and holds nothing for a date that is over', () => {
    const tags = { 'ami-rollout:family': 'al2023-base', 'ami-rollout:hold': '2026-11-20 freeze' };
    const { world } = worldOf(anInventory([{ environment: '', tags }]));
    expect(world.stacks[0]?.settings.tags).toEqual({ 'ami-rollout:family': 'al2023-base' });
  });

  it('takes a replacing update for a rolling one, and two instances where nobody counted', () => {
    const unknown = { running: null, replacement: null };
    const { fleet } = worldOf(anInventory([{ replacement: 'replacing' }, { stackName: 'x', ...unknown }]));
    expect(fleet.stacks.map(({ replacement, instances }) => [replacement, instances])).toEqual([
      ['rolling', 3],
      ['rolling', 2],
    ]);
  });

  it('makes the image that most stacks of a region are on the previous one there; all stacks are on it', () => {
    const inventory = anInventory([
      { stackName: 'a', image: rare },
      { stackName: 'b' },
      { stackName: 'c' },
      { stackName: 'd', region: 'us-east-1', image: rare },
    ]);
    const { world, images } = worldOf(inventory);
    expect(images.previous).toEqual(
      new Map([
        ['eu-west-1', common],
        ['us-east-1', rare],
      ]),
    );
    expect(world.stacks.map(({ name, image }) => [name, image])).toEqual([
      ['a', common],
      ['b', common],
      ['c', common],
      ['d', rare],
    ]);
    expect(map(inventory).notes).toContain('1 stack on other images than most of their region: taken as on that one.');
  });

  it('follows the family of the scenario, else the one of most stacks; the others stand by', () => {
    const other = (stackName: string) => ({ stackName, family: 'windows', image: rare });
    const both = map(anInventory([{}, other('a'), other('b')]));
    expect(both.scenario.image).toMatchObject({ family: 'al2023-base', previous: { 'eu-west-1': common } });
    expect(both.notes).toContain('2 stacks of other families stand by.');
    expect(map(anInventory([other('a')])).scenario.image.family).toBe('windows');
  });

  it('keeps its own hub beside the real one, in the real one’s region', () => {
    const inventory = anInventory([{ account: '111122223333', region: 'ap-south-1' }]);
    const { scenario, notes } = map(inventory);
    const { hub, targets } = rehearsalConfiguration(configuration, scenario);
    expect(hub).toEqual({ account: '100000000000', region: 'eu-west-1' });
    expect(targets.list).toEqual([
      { account: '111122223333', region: 'eu-west-1' },
      { account: '111122223333', region: 'ap-south-1' },
    ]);
    expect(notes).toContain(
      "The hub account 111122223333 is a member account here; the rehearsal's hub is 100000000000.",
    );
  });

  it('says what is not in it', () => {
    const place = { account: '999988887777', region: 'eu-west-1' };
    const leftOut = { stackId: 'x', stackName: 'x', ...place, environment: '', reason: 'held' };
    const { notes } = map(
      anInventory([{ running: null, replacement: null }], {
        leftOut: [leftOut],
        unreachable: [{ ...place, reason: 'no' }],
      }),
    );
    expect(notes).toEqual([
      'The fleet is the inventory of 2026-11-22T12:00:00.000Z: 1 stack of family al2023-base.',
      '1 opted-in stack that no campaign could move: not in it.',
      '1 target could not be read: not in it.',
      '1 template not read (inventory --templates): taken as rolling updates.',
      '1 stack with instances not counted: taken as 2 each.',
    ]);
  });
});
