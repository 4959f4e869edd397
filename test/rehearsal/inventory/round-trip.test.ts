import { describe, expect, it } from '@jest/globals';
import { systemClock } from '../../../adapters/aws/clock.ts';
import { awsGroups } from '../../../adapters/aws/groups.ts';
import { awsOrganization } from '../../../adapters/aws/organization.ts';
import { awsParameters } from '../../../adapters/aws/parameters.ts';
import { awsSessions } from '../../../adapters/aws/sessions.ts';
import { awsStacks } from '../../../adapters/aws/stacks.ts';
import type { FleetInventory } from '../../../domain/planning/fleet-inventory.ts';
import { takeInventory, type InventoryScope } from '../../../domain/planning/take-inventory.ts';
import { inventoryScenario } from '../../../rehearsal/inventory/inventory-scenario.ts';
import { inventoryOf } from '../../../rehearsal/inventory/load-inventory.ts';
import type { RehearsalReport } from '../../../rehearsal/report/rehearsal-report.ts';
import { rehearse } from '../../../rehearsal/rehearse.ts';
import { rehearsalConfiguration } from '../../../rehearsal/run/rehearsal-configuration.ts';
import { scenarioOf } from '../../../rehearsal/scenario/parse-scenario.ts';
import configuration from '../../../rollout.config.ts';
import { Simulation } from '../aws/simulation.ts';
import { anInventory } from './an-inventory.ts';

/** The inventory of a simulated AWS, through the adapters, as it comes back from its file. */
const inventoryIn = async (simulation: Simulation, scope: Partial<InventoryScope> = {}): Promise<FleetInventory> => {
  const own = rehearsalConfiguration(configuration, simulation.scenario);
  const sessions = awsSessions(own.hub, () => own.targets);
  const taken = await simulation.settle(
    takeInventory({
      clock: systemClock,
      configuration: () => own,
      groups: awsGroups(sessions),
      organization: awsOrganization(sessions),
      parameters: awsParameters(sessions),
      stacks: awsStacks(sessions),
    })({ family: null, instances: true, templates: null, ...scope }),
  );
  return inventoryOf(JSON.parse(JSON.stringify(taken)), 'the inventory');
};

const planOf = ({ stacks }: RehearsalReport) =>
  stacks.map(({ stack, account, region, ring, mode }) => ({ stack, account, region, ring, mode }));

const generated = { fleet: { stacks: 30, accounts: 3, regions: ['eu-west-1', 'us-east-1'] } };
const listed = {
  fleet: {
    accounts: ['012345678901', '999988887777'],
    regions: ['eu-central-1', 'us-east-1'],
    stacks: [
      { name: 'web', account: '999988887777', ring: 'canary', mode: 'ssm', instances: 4 },
      { name: 'web', account: '012345678901', region: 'us-east-1', serviceRole: true },
      { name: 'api', account: '012345678901', tags: { 'ami-rollout:alarms': 'one,two' } },
      { name: 'jobs', account: '999988887777', region: 'us-east-1', mode: 'ssm', ring: 'full' },
      { name: 'cron', account: '100000000000', ring: 'full' },
      { name: 'batch', account: '999988887777', mode: 'ssm', readBy: 'launch', ring: 'full' },
    ],
  },
};

describe('a rehearsal from an inventory', () => {
  it('moves a stack without instances, as they are outside working hours', async () => {
    const inventory = anInventory([{ running: {} }, { stackName: 'x', mode: 'ssm', ssmParameter: '/x', running: {} }]);
    const { scenario } = inventoryScenario(inventory, scenarioOf({ name: 'asleep' }, 'asleep'));
    const { outcome, stacks } = await rehearse(scenario, { configuration });
    expect({ outcome, statuses: stacks.map(({ status }) => status) }).toEqual({
      outcome: 'PROMOTED',
      statuses: ['done', 'done'],
    });
  });
});

describe('the inventory of a simulated world', () => {
  it.each([
    ['a generated fleet', generated],
    ['a fleet of real account ids, one of them the hub', listed],
  ])(
    'rehearses to the plan of the world itself: %s',
    async (_, fleet) => {
      const scenario = scenarioOf({ name: 'world', ...fleet }, 'world');
      let inventory: FleetInventory;
      let images: string[];
      {
        await using simulation = new Simulation(scenario);
        inventory = await inventoryIn(simulation);
        images = [...simulation.created.images.previous.values()];
      }
      expect(inventory.counts).toMatchObject({ notOptedIn: 0, otherFamilies: 0 });
      const world = await rehearse(scenario, { configuration });
      const again = inventoryScenario(inventory, scenarioOf({ name: 'again' }, 'again'));
      const fromInventory = await rehearse(again.scenario, { configuration });
      expect(fromInventory.outcome).toBe('PROMOTED');
      expect(planOf(fromInventory)).toEqual(planOf(world));
      expect(fromInventory.rings).toEqual(world.rings);
      // The rehearsal speaks of the images that the stacks really run.
      expect([...new Set(fromInventory.stacks.map(({ before }) => before))].sort()).toEqual(images.sort());
    },
    60_000,
  );

  it('costs pages, not stacks', async () => {
    const stacks = Array.from({ length: 230 }, (_, index) => ({ name: `app-${index}`, instances: 1 }));
    await using simulation = new Simulation({ fleet: { accounts: 1, regions: ['eu-west-1'], stacks } });
    const { stacks: found, gaps } = await inventoryIn(simulation);
    expect({ found: found.length, gaps }).toEqual({ found: 230, gaps: [] });
    expect(found.every(({ running }) => running?.[simulation.previousImage] === 1)).toBe(true);
    expect(Object.fromEntries(simulation.world.counts)).toEqual({
      'sts.AssumeRole': 1,
      'cloudformation.DescribeStacks': 3,
      'autoscaling.DescribeAutoScalingGroups': 3,
      'ec2.DescribeInstances': 2,
    });
  });

  it('names the targets that refuse', async () => {
    await using simulation = new Simulation({ fleet: { accounts: 2, regions: ['eu-west-1'], stacks: 4 } });
    simulation.world.suspendedAccounts.add('100000000002');
    const { stacks, unreachable } = await inventoryIn(simulation);
    expect(new Set(stacks.map(({ account }) => account))).toEqual(new Set(['100000000001']));
    expect(unreachable).toMatchObject([
      { account: '100000000002', region: 'eu-west-1', reason: expect.stringContaining('is not authorized to perform') },
    ]);
  });
});
