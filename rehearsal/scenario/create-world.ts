import { openCalendar } from '../aws/open-calendar.ts';
import type { WorldHost } from '../aws/host.ts';
import { type StackSnapshot, snapshot } from '../aws/state/snapshot.ts';
import { World } from '../aws/world.ts';
import { type AnnouncedImage, type CampaignImages, createImages } from './create-images.ts';
import { publishSystems } from './publish-systems.ts';
import { createStack } from './create-stack.ts';
import { type Fleet, generateFleet } from './generate-fleet.ts';
import { seededRandom } from './random.ts';
import type { Scenario } from './scenario-schema.ts';
import { type StackTemplates, exampleTemplates } from './stack-templates.ts';

/** A world as a scenario describes it, before anything happened. */
export interface ScenarioWorld {
  readonly world: World;
  readonly fleet: Fleet;
  readonly images: CampaignImages;
  /** By stack id: what it ran and was set to before. */
  readonly before: ReadonlyMap<string, StackSnapshot>;
}

/**
 * Makes a scenario's world. Its times count from `Date.now()`, so make it in virtual time; it starts no timer. The
 * templates are read while it is made.
 */
export const createWorld = (
  scenario: Scenario,
  host: WorldHost,
  announced?: AnnouncedImage,
  templates: StackTemplates = exampleTemplates(),
): ScenarioWorld => {
  const now = Date.now();
  const random = seededRandom(scenario.seed);
  const fleet = generateFleet(scenario, random.fork('fleet'));
  const world = new World({ regions: fleet.regions, accounts: fleet.accounts, random: random.fork('world'), host });
  for (const account of scenario.fleet.suspended) world.suspendedAccounts.add(account);
  world.instanceBehaviour = scenario.instances;
  const { organization } = scenario.fleet;
  for (const unit of organization?.units ?? []) world.organization.set(unit.id, unit);
  for (const [account, tags] of Object.entries(organization?.tags ?? {})) world.accountTags.set(account, tags);
  for (const account of organization?.suspended ?? []) world.suspendedAccounts.add(account);
  for (const [name, { closedFrom, closedUntil, openedAfter }] of Object.entries(scenario.calendars)) {
    const from = now + closedFrom * 60_000;
    world.closedCalendars.set(name, { from, until: now + closedUntil * 60_000 });
    setTimeout(() => openCalendar(world, name, from), (openedAfter ?? closedUntil) * 60_000);
  }
  const images = createImages(
    world,
    scenario.image,
    random.fork('images'),
    now,
    announced,
    scenario.also.some(({ image }) => image === 'later'),
  );
  const ids = random.fork('ids');
  for (const stack of fleet.stacks) createStack(world, stack, templates, images, ids, now);
  publishSystems(world, images.new, now);
  const before = new Map(world.stacks.map((stack) => [stack.id, snapshot(world, stack)]));
  return { world, fleet, images, before };
};
