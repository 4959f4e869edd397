import type { Configuration } from '../configuration.ts';
import { RolloutError } from '../errors.ts';
import type { Ports } from '../ports/index.ts';
import type { StackFacts } from '../ports/stacks.ts';
import { countImages } from '../stack/instances.ts';
import type { Target } from '../target.ts';
import { stackTags } from '../words.ts';
import { leftOutStack, readStack } from './candidate.ts';
import { fleetInventoryVersion, type FleetInventory, type InventoriedStack } from './fleet-inventory.ts';
import { findTargets } from './find-targets.ts';
import type { LeftOut } from './inventory.ts';
import type { ReadTemplates } from './read-templates.ts';
import { sharedBy, whyNotShared } from './shared-parameters.ts';
import { byPlace, walkTarget, type Found } from './walk-target.ts';

type Needs = Pick<Ports, 'clock' | 'configuration' | 'groups' | 'organization' | 'parameters' | 'stacks'>;

/** What an inventory is to contain. */
export interface InventoryScope {
  /** Null: every family of the configuration. */
  readonly family: string | null;
  /** Whether to ask which images the instances run: a few calls a target. */
  readonly instances: boolean;
  /** How to read the template of each stack, one call a stack; null: not at all. */
  readonly templates: ReadTemplates | null;
}

type Gap = FleetInventory['gaps'][number];
type TargetInventory = Pick<FleetInventory, 'leftOut' | 'unreachable' | 'gaps' | 'stacks'> & {
  readonly seen: number;
  readonly notOptedIn: number;
  readonly otherFamilies: number;
};

const ownTags = (tags: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(Object.entries(tags).filter(([key]) => key.startsWith('ami-rollout:')));

/** An opted-in stack as the inventory shows it, or why no campaign could move it. */
const inventoried = (
  stack: StackFacts,
  target: Target,
  family: string,
  { families, rings }: Configuration,
  now: Date,
): { readonly candidate: InventoriedStack } | { readonly leftOut: LeftOut } => {
  if (!families.some(({ name }) => name === family)) {
    const known = families.map(({ name }) => name).join(', ');
    return leftOutStack(stack, target, `its tag ${stackTags.family} names ${family}; the families are ${known}`);
  }
  const names = rings.map(({ name }) => name);
  const read = readStack(stack, target, names, now);
  if ('leftOut' in read) return read;
  const { wantedRing: ring, currentImage: image, ...movable } = read.movable;
  return {
    candidate: {
      ...movable,
      family,
      status: stack.status,
      ring,
      image,
      running: null,
      replacement: null,
      serviceRole: stack.roleArn !== null,
      tags: ownTags(stack.tags),
    },
  };
};

/** A whole target that cannot be asked is told apart from the fleet; it does not cost the rest of it. */
const walk = async (
  ports: Needs,
  target: Target,
  judge: (stack: StackFacts) => ReturnType<typeof inventoried> | null,
): Promise<Found<InventoriedStack>> => {
  try {
    return await walkTarget(ports, target, judge);
  } catch (error) {
    if (!(error instanceof RolloutError)) throw error;
    return { candidates: [], leftOut: [], unreachable: [{ ...target, reason: error.message }], shared: [], seen: 0 };
  }
};

/** Without the stacks whose SSM parameter is read by one that no campaign of the family moves; rings are not known yet. */
const withoutOutsiders = (
  { candidates, shared }: Found<InventoriedStack>,
  { stacks }: Pick<Configuration, 'stacks'>,
): { readonly candidates: readonly InventoriedStack[]; readonly leftOut: readonly LeftOut[] } => {
  if (stacks.sharedParameters === 'allow') return { candidates, leftOut: [] };
  const families = new Map(candidates.map(({ stackId, family }) => [stackId, `any of family ${family}`]));
  const sharing = sharedBy(shared);
  const leftOut = candidates.flatMap((stack): LeftOut[] => {
    const reason = whyNotShared(stack, sharing(stack), (stackId) => families.get(stackId));
    const { stackId, stackName, account, region, environment } = stack;
    return reason === null ? [] : [{ stackId, stackName, account, region, environment, reason }];
  });
  const out = new Set(leftOut.map(({ stackId }) => stackId));
  return { candidates: candidates.filter(({ stackId }) => !out.has(stackId)), leftOut };
};

/** The stacks with the images that their instances run. */
const withRunning = async (
  { groups }: Needs,
  target: Target,
  stacks: readonly InventoriedStack[],
): Promise<{ readonly stacks: readonly InventoriedStack[]; readonly gaps: readonly Gap[] }> => {
  if (stacks.length === 0) return { stacks, gaps: [] };
  try {
    const ids = stacks.map(({ stackId }) => stackId);
    const found = Map.groupBy(await groups.ofStacks(target, ids), ({ stackId }) => stackId);
    return {
      stacks: stacks.map((stack) => ({ ...stack, running: countImages(found.get(stack.stackId) ?? []) })),
      gaps: [],
    };
  } catch (error) {
    if (!(error instanceof RolloutError)) throw error;
    return { stacks, gaps: [{ ...target, what: 'running images', reason: error.message }] };
  }
};

/** What an SSM parameter holds, or why no image can be had from it. */
const imageIn = async (
  { parameters }: Needs,
  target: Target,
  name: string,
): Promise<{ readonly image: string } | { readonly reason: string }> => {
  try {
    const value = (await parameters.find(target, name))?.value;
    if (value === undefined) return { reason: `the SSM parameter ${name} does not exist` };
    if (!/^ami-[0-9a-f]+$/.test(value))
      return { reason: `the SSM parameter ${name} holds ${value}, which is no image` };
    return { image: value };
  } catch (error) {
    if (!(error instanceof RolloutError)) throw error;
    return { reason: `the image that its launches read is not known: ${error.message}` };
  }
};

/** The stacks with the image that the next launch would read, which DescribeStacks does not show: one call a parameter. */
const withLaunchImages = async (
  ports: Needs,
  target: Target,
  stacks: readonly InventoriedStack[],
): Promise<Pick<TargetInventory, 'stacks' | 'leftOut'>> => {
  const read = new Map<string, Awaited<ReturnType<typeof imageIn>>>();
  for (const { readBy, ssmParameter } of stacks)
    if (readBy === 'launch' && ssmParameter !== null && !read.has(ssmParameter))
      read.set(ssmParameter, await imageIn(ports, target, ssmParameter));
  const kept: InventoriedStack[] = [];
  const leftOut: LeftOut[] = [];
  for (const stack of stacks) {
    const found = stack.readBy === 'launch' ? read.get(stack.ssmParameter ?? '') : undefined;
    const { stackId, stackName, account, region, environment } = stack;
    if (found === undefined) kept.push(stack);
    else if ('image' in found) kept.push({ ...stack, image: found.image });
    else leftOut.push({ stackId, stackName, account, region, environment, reason: found.reason });
  }
  return { stacks: kept, leftOut };
};

const inventoryOfTarget = async (
  ports: Needs,
  target: Target,
  scope: InventoryScope,
  now: Date,
): Promise<TargetInventory> => {
  const configuration = ports.configuration();
  let notOptedIn = 0;
  let otherFamilies = 0;
  const found = await walk(ports, target, (stack) => {
    const family = stack.tags[stackTags.family];
    if (family === undefined) notOptedIn += 1;
    else if (scope.family !== null && family !== scope.family) otherFamilies += 1;
    else return inventoried(stack, target, family, configuration, now);
    return null;
  });
  const { unreachable, leftOut, seen } = found;
  if (unreachable.length > 0)
    return { stacks: [], leftOut: [], unreachable, gaps: [], seen: 0, notOptedIn: 0, otherFamilies: 0 };
  const movable = withoutOutsiders(found, configuration);
  const launches = await withLaunchImages(ports, target, movable.candidates);
  const read = scope.templates
    ? await scope.templates(ports, target, launches.stacks)
    : { stacks: launches.stacks, leftOut: [], gaps: [] };
  const counted = scope.instances ? await withRunning(ports, target, read.stacks) : { stacks: read.stacks, gaps: [] };
  return {
    stacks: counted.stacks,
    leftOut: [...leftOut, ...movable.leftOut, ...launches.leftOut, ...read.leftOut],
    unreachable,
    gaps: [...read.gaps, ...counted.gaps],
    seen,
    notOptedIn,
    otherFamilies,
  };
};

const sum = (numbers: readonly number[]): number => numbers.reduce((total, one) => total + one, 0);

/**
 * Takes the inventory of all targets at once: what discovery would find, whichever image comes next. Reads only; its
 * calls grow with the pages of a target and the SSM parameters that launches read there, and with its stacks only where
 * templates are asked for.
 */
export const takeInventory =
  (ports: Needs) =>
  async (scope: InventoryScope): Promise<FleetInventory> => {
    const { hub } = ports.configuration();
    const { targets, leftOut: withoutTargets } = await findTargets(ports);
    const now = ports.clock.now();
    const found = await Promise.all(targets.map((target) => inventoryOfTarget(ports, target, scope, now)));
    return {
      schemaVersion: fleetInventoryVersion,
      takenAt: now.toISOString(),
      hub,
      family: scope.family,
      stacks: found.flatMap(({ stacks }) => stacks).sort(byPlace),
      leftOut: found.flatMap(({ leftOut }) => leftOut).sort(byPlace),
      unreachable: [...withoutTargets, ...found.flatMap(({ unreachable }) => unreachable)],
      gaps: found.flatMap(({ gaps }) => gaps),
      counts: {
        targets: targets.length + withoutTargets.length,
        seen: sum(found.map(({ seen }) => seen)),
        notOptedIn: sum(found.map(({ notOptedIn }) => notOptedIn)),
        otherFamilies: sum(found.map(({ otherFamilies }) => otherFamilies)),
      },
    };
  };
