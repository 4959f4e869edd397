import type { FleetInventory, InventoriedStack } from '../../domain/planning/fleet-inventory.ts';
import { stackTags, type Replacement } from '../../domain/words.ts';
import { HUB_ACCOUNT } from '../aws/accounts.ts';
import { scenarioOf } from '../scenario/parse-scenario.ts';
import type { Scenario } from '../scenario/scenario-schema.ts';

/** A scenario whose fleet is an inventory. */
export interface InventoryScenario {
  readonly scenario: Scenario;
  /** Where the rehearsal's fleet differs from the real one, a sentence each. */
  readonly notes: readonly string[];
}

/** The value that comes most often; of equals, the first in the alphabet, so that the same file gives the same run. */
const mostCommon = (values: readonly string[]): string | undefined =>
  [...Map.groupBy(values, (value) => value)]
    .sort(([a, one], [b, other]) => other.length - one.length || (a < b ? -1 : 1))
    .map(([value]) => value)[0];

/** The simulated CloudFormation has no replacing update; a rolling one takes the instances away as well. */
const simulated = (replacement: Replacement | null) =>
  replacement === null || replacement === 'replacing' ? 'rolling' : replacement;

/** Where nobody counted. */
const usualInstances = 2;

const instancesOf = ({ running }: InventoriedStack): number =>
  running === null ? usualInstances : Object.values(running).reduce((sum, count) => sum + count, 0);

/**
 * The tags as the fields say, so that an edited field counts. The simulated templates have one image parameter of
 * another name; and a stack that is in the list is not held, whatever the date is in the rehearsal.
 */
const tagsOf = ({ tags, family, environment, ring, alarms }: InventoriedStack): Record<string, string | null> => ({
  ...tags,
  [stackTags.family]: family,
  [stackTags.environment]: environment === '' ? null : environment,
  [stackTags.ring]: ring,
  [stackTags.alarms]: alarms.length === 0 ? null : alarms.join(','),
  [stackTags.parameter]: null,
  [stackTags.hold]: null,
});

const count = (number: number, noun: string): string => `${number} ${noun}${number === 1 ? '' : 's'}`;

const notesOf = (inventory: FleetInventory, family: string, previous: Readonly<Record<string, string>>): string[] => {
  const { stacks, leftOut, unreachable, hub, takenAt } = inventory;
  const own = stacks.filter((stack) => stack.family === family);
  const other = own.filter(({ region, image }) => previous[region] !== image).length;
  const unread = own.filter(({ replacement }) => replacement === null).length;
  const uncounted = own.filter(({ running }) => running === null).length;
  const note = (number: number, text: string): string[] => (number === 0 ? [] : [text]);
  return [
    `The fleet is the inventory of ${takenAt}: ${count(own.length, 'stack')} of family ${family}.`,
    ...note(stacks.length - own.length, `${count(stacks.length - own.length, 'stack')} of other families stand by.`),
    ...note(leftOut.length, `${count(leftOut.length, 'opted-in stack')} that no campaign could move: not in it.`),
    ...note(unreachable.length, `${count(unreachable.length, 'target')} could not be read: not in it.`),
    ...note(other, `${count(other, 'stack')} on other images than most of their region: taken as on that one.`),
    ...note(unread, `${count(unread, 'template')} not read (inventory --templates): taken as rolling updates.`),
    ...note(uncounted, `${count(uncounted, 'stack')} with instances not counted: taken as ${usualInstances} each.`),
    ...note(
      stacks.some(({ account }) => account === hub.account) && hub.account !== HUB_ACCOUNT ? 1 : 0,
      `The hub account ${hub.account} is a member account here; the rehearsal's hub is ${HUB_ACCOUNT}.`,
    ),
  ];
};

/**
 * A scenario with the inventory's fleet in place of its own. The image follows the scenario's family where the inventory
 * has stacks of it, else the family that most of its stacks have. The images that most stacks of a region are on become
 * the previous one there.
 */
export const inventoryScenario = (inventory: FleetInventory, base: Scenario): InventoryScenario => {
  const { stacks, hub } = inventory;
  const families = stacks.map(({ family }) => family);
  const family = families.includes(base.image.family) ? base.image.family : (mostCommon(families) ?? '');
  const byRegion = Map.groupBy(
    stacks.filter((stack) => stack.family === family),
    ({ region }) => region,
  );
  const previous = Object.fromEntries(
    [...byRegion].map(([region, own]) => [region, mostCommon(own.map(({ image }) => image)) ?? '']),
  );
  // The first region is the hub's; the image is built there.
  const regions = [...new Set([hub.region, ...stacks.map(({ region }) => region).sort()])];
  const scenario = {
    ...base,
    image: { ...base.image, family, previous },
    fleet: {
      ...base.fleet,
      accounts: [...new Set(stacks.map(({ account }) => account))].sort(),
      regions,
      stacks: stacks.map((stack) => ({
        name: stack.stackName,
        account: stack.account,
        region: stack.region,
        mode: stack.mode,
        readBy: stack.readBy ?? 'stack',
        replacement: simulated(stack.replacement),
        instances: instancesOf(stack),
        tags: tagsOf(stack),
        serviceRole: stack.serviceRole,
      })),
    },
  };
  return {
    scenario: scenarioOf(scenario, `scenario ${base.name} with the fleet of the inventory`),
    notes: notesOf(inventory, family, previous),
  };
};
