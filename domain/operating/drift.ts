import type { Configuration } from '../configuration.ts';
import type { InventoriedStack } from '../planning/fleet-inventory.ts';
import { RolloutError } from '../errors.ts';
import { findTargets } from '../planning/find-targets.ts';
import { takeInventory } from '../planning/take-inventory.ts';
import type { ImageFacts } from '../ports/images.ts';
import type { Ports } from '../ports/index.ts';
import type { Promotion } from '../records/promotion.ts';
import { targetName, type Target } from '../target.ts';
import { imageTags } from '../words.ts';
import { InvalidCursor, type Listed } from './page.ts';
import { currentOf } from './promotion-history.ts';

type Needs = Pick<
  Ports,
  'clock' | 'configuration' | 'groups' | 'images' | 'organization' | 'parameters' | 'stacks' | 'table'
>;

/** What makes a stack drift; one word each, so that programs can tell them apart. */
export const driftKinds = [
  'outdated',
  'expired',
  'deregistered',
  'untagged',
  'never updated',
  'old instances',
] as const;
export type DriftKind = (typeof driftKinds)[number];

/** A stack that is not as the promoted image would have it. */
export interface Drift {
  readonly stackId: string;
  readonly stackName: string;
  readonly account: string;
  readonly region: string;
  readonly environment: string;
  readonly family: string;
  readonly image: string;
  /** Null: nothing was promoted for its family, environment and target. */
  readonly promoted: string | null;
  /** Days since its image was built; null where the image is gone. */
  readonly ageDays: number | null;
  readonly kinds: readonly DriftKind[];
  /** Each in a sentence. */
  readonly findings: readonly string[];
}

/** A page of drift is some targets, each whole. */
export type DriftPage = Listed<Drift> & {
  /** The targets that this page has asked. */
  readonly targets: readonly string[];
  /** How many targets come after them. */
  readonly remaining: number;
  readonly stacks: number;
  /** Targets, and parts of them, that could not be asked: of these nothing is known. */
  readonly unknown: readonly { readonly name: string; readonly reason: string }[];
};

/** Targets asked at the same time. */
const atOnce = 5;
/** A page with so many stacks, or that has taken so long, begins no further targets: API Gateway waits for 30 seconds. */
const enough = { stacks: 200, milliseconds: 8_000 };
/** A page with so many takes no further target, though it has asked it: an answer has 6 MB at most. */
const mostStacks = 1_000;

const dayMilliseconds = 86_400_000;

interface Facts {
  readonly image: ImageFacts | undefined;
  readonly promoted: string | null;
  /** What the SSM parameter says now; null in mode `parameter`. */
  readonly parameterValue: string | null;
  readonly maxAgeDays: number;
  readonly now: Date;
}

const ageOf = (image: ImageFacts, now: Date): number =>
  Math.floor((now.getTime() - Date.parse(image.createdAt)) / dayMilliseconds);

/** Why this stack drifts, in a fixed order; empty where it does not. */
const driftOf = (stack: InventoriedStack, facts: Facts): readonly (readonly [DriftKind, string])[] => {
  const { image, promoted, parameterValue, maxAgeDays, now } = facts;
  const found: (readonly [DriftKind, string])[] = [];
  if (promoted !== null && stack.image !== promoted) found.push(['outdated', `the promoted image is ${promoted}`]);
  if (!image) found.push(['deregistered', `image ${stack.image} does not exist any more: new instances cannot start`]);
  else {
    const age = ageOf(image, now);
    if (image.deprecatedAt !== null && image.deprecatedAt <= now.toISOString())
      found.push(['expired', `its image is deprecated since ${image.deprecatedAt}`]);
    else if (age > maxAgeDays) found.push(['expired', `its image is ${age} days old, ${maxAgeDays} are allowed`]);
    if (image.tags[imageTags.family] === undefined)
      found.push(['untagged', `its image has no tag ${imageTags.family}: nobody knows what it is`]);
  }
  if (parameterValue !== null && parameterValue !== stack.image)
    found.push([
      'never updated',
      `SSM parameter ${stack.ssmParameter ?? ''} says ${parameterValue}, the stack was never updated since`,
    ]);
  const strangers = Object.entries(stack.running ?? {}).filter(([id, count]) => id !== stack.image && count > 0);
  if (strangers.length > 0)
    found.push(['old instances', strangers.map(([id, count]) => `${count} instances run ${id}`).join(', ')]);
  return found;
};

/** Each distinct question is asked once. */
const remembering = <T>(ask: (key: string) => Promise<T>): ((key: string) => Promise<T>) => {
  const answers = new Map<string, Promise<T>>();
  return (key) => {
    const answer = answers.get(key) ?? ask(key);
    answers.set(key, answer);
    return answer;
  };
};

const maxAgeOf = (image: ImageFacts | undefined, { gates }: Configuration): number => {
  const category = image?.tags[imageTags.category];
  return gates.policies[category === 'application' || category === 'hotfix' ? category : 'base'].maxAgeDays;
};

type OfTarget = Pick<DriftPage, 'items' | 'stacks' | 'unknown'>;

/** What targets have in common, asked once for all of a page. */
const shared = (ports: Needs) => {
  const { hub } = ports.configuration();
  return {
    imageOf: remembering((key) => {
      const [region = '', id = ''] = key.split(' ');
      return ports.images.find({ account: hub.account, region }, id);
    }),
    currentFor: remembering((family) => currentOf(ports, family)),
  };
};

const inTarget = async (
  ports: Needs,
  { imageOf, currentFor }: ReturnType<typeof shared>,
  target: Target,
  family: string | null,
): Promise<OfTarget> => {
  const configuration = ports.configuration();
  const now = ports.clock.now();
  const only = { ...configuration, targets: { ...configuration.targets, list: [target], organization: null } };
  const inventory = await takeInventory({ ...ports, configuration: () => only })({
    family,
    instances: true,
    templates: null,
  });
  const valueOf = remembering((name) => ports.parameters.find(target, name));
  const promotedFor = (list: readonly Promotion[], { environment }: InventoriedStack): string | null =>
    list.find((one) => one.environment === environment && targetName(one) === targetName(target))?.image ?? null;
  const items: Drift[] = [];
  for (const stack of inventory.stacks) {
    const image = await imageOf(`${target.region} ${stack.image}`);
    const promoted = promotedFor(await currentFor(stack.family), stack);
    const parameterValue = stack.ssmParameter === null ? null : ((await valueOf(stack.ssmParameter))?.value ?? null);
    const maxAgeDays = maxAgeOf(image, configuration);
    const found = driftOf(stack, { image, promoted, parameterValue, maxAgeDays, now });
    if (found.length === 0) continue;
    const { stackId, stackName, account, region, environment, family: own } = stack;
    items.push({
      stackId,
      stackName,
      account,
      region,
      environment,
      family: own,
      image: stack.image,
      promoted,
      ageDays: image ? ageOf(image, now) : null,
      kinds: found.map(([kind]) => kind),
      findings: found.map(([kind, text]) => `${kind}: ${text}`),
    });
  }
  return {
    items,
    stacks: inventory.stacks.length,
    unknown: [
      ...inventory.unreachable.map(({ reason, ...one }) => ({ name: targetName(one), reason })),
      ...inventory.gaps.map(({ what, reason, ...one }) => ({ name: `${targetName(one)}: ${what}`, reason })),
    ],
  };
};

/** One target that fails is told apart from the others; it does not cost the page. */
const inTargetOrNot = async (...[ports, asked, target, family]: Parameters<typeof inTarget>): Promise<OfTarget> => {
  try {
    return await inTarget(ports, asked, target, family);
  } catch (error) {
    if (!(error instanceof RolloutError)) throw error;
    return { items: [], stacks: 0, unknown: [{ name: targetName(target), reason: error.message }] };
  }
};

/**
 * Compares the opted-in stacks of the next targets with what is promoted; the cursor goes on with the target after them.
 * A page has at least one target.
 */
export const drift =
  (ports: Needs) =>
  async ({
    family,
    cursor,
  }: {
    readonly family: string | null;
    readonly cursor: string | null;
  }): Promise<DriftPage> => {
    const { targets: list, leftOut } = await findTargets(ports);
    const first = cursor === null ? 0 : Number(/^target-(\d{1,5})$/.exec(cursor)?.[1] ?? Number.NaN);
    if (Number.isNaN(first) || (cursor !== null && first >= list.length)) throw new InvalidCursor();
    const asked = shared(ports);
    const until = ports.clock.now().getTime() + enough.milliseconds;
    const pages: OfTarget[] = [];
    const found = (): number => pages.reduce((sum, { items }) => sum + items.length, 0);
    while (first + pages.length < list.length) {
      const from = first + pages.length;
      const batch = list.slice(from, from + atOnce);
      // What does not fit any more is left to the next page, which asks for it again.
      for (const page of await Promise.all(batch.map((target) => inTargetOrNot(ports, asked, target, family)))) {
        if (found() >= mostStacks) break;
        pages.push(page);
      }
      if (found() >= enough.stacks || ports.clock.now().getTime() >= until) break;
    }
    const next = first + pages.length;
    return {
      items: pages.flatMap(({ items }) => items),
      next: next < list.length ? `target-${next}` : null,
      targets: list.slice(first, next).map(targetName),
      remaining: list.length - next,
      stacks: pages.reduce((sum, { stacks }) => sum + stacks, 0),
      unknown: [
        // Those that cannot be asked at all are named once.
        ...(first === 0 ? leftOut.map(({ reason, ...target }) => ({ name: targetName(target), reason })) : []),
        ...pages.flatMap(({ unknown }) => unknown),
      ],
    };
  };
