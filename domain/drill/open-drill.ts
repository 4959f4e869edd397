import { buildFacts, type BuildFacts } from '../campaign/build-facts.ts';
import { familyImages } from '../campaign/family-images.ts';
import type { DrillSettings, DrillStack } from '../configuration/drill-settings.ts';
import { AccessDenied } from '../errors.ts';
import { readStack, type MovableStack } from '../planning/candidate.ts';
import type { ImageFacts } from '../ports/images.ts';
import type { Ports } from '../ports/index.ts';
import type { StackFacts } from '../ports/stacks.ts';
import type { Drill } from '../records/drill.ts';
import { readCurrentImage } from '../stack/current-image.ts';
import { isBusy } from '../stack/stack-state.ts';
import { findImageRecord } from '../store/image-records.ts';
import { closedText, judgeClosed } from '../windows/may-start.ts';
import { notDesignated, whyNoDrill } from './why-no-drill.ts';

type Needs = Pick<Ports, 'table' | 'clock' | 'configuration' | 'images' | 'parameters' | 'stacks' | 'surroundings'>;

/** What a drill is about, before its gates. */
export interface DrillIdentity extends BuildFacts {
  readonly image: ImageFacts;
  readonly family: string;
  readonly environment: string;
  readonly drill: Drill;
}

type Refused = { readonly error: string };

/** What a drill is on record as that was refused before anything was looked at. */
export const askedDrill = (
  name: string,
  { stacks }: Pick<DrillSettings, 'stacks'>,
): { readonly family: string; readonly drill: Drill } => {
  const { account = '', region = '', family = '' } = stacks.find((one) => one.name === name) ?? {};
  return { family, drill: { stackId: '', stackName: name, account, region, provenAt: null, result: null } };
};

const refusesUs = async <T>(
  { account, region }: DrillStack,
  ask: () => Promise<T>,
): Promise<{ readonly found: T } | Refused> => {
  try {
    return { found: await ask() };
  } catch (error) {
    if (!(error instanceof AccessDenied)) throw error;
    return { error: `${account}/${region} refuses us: ${error.message}` };
  }
};

/** The build that the stack is on, as the image's id there tells; null where nobody can read it any more. */
const currentBuild = async (
  ports: Needs,
  stack: StackFacts,
  movable: MovableStack,
): Promise<{ readonly id: string; readonly build: string | null }> => {
  const id = (await readCurrentImage(ports, stack, movable))?.image ?? movable.currentImage;
  const { account } = ports.surroundings().hub;
  const image = await ports.images.find({ account, region: movable.region }, id);
  return { id, build: image ? (await buildFacts(ports, image)).build : null };
};

/**
 * The newest build of the family that the stack is not on and that was not revoked. Where the fleet is on the newest one,
 * that is its predecessor: a drill proves the way there and back, not the image.
 */
const newestOther = async (
  ports: Needs,
  entry: DrillStack,
  current: { readonly id: string; readonly build: string | null },
): Promise<(BuildFacts & { readonly image: ImageFacts }) | Refused> => {
  const { families, drill } = ports.configuration();
  const family = families.find(({ name }) => name === entry.family);
  // The schema has seen to it that there is one.
  const images = family ? await familyImages(ports, family, drill.maxImageAgeDays) : [];
  for (const found of images) {
    if (found.build === current.build || found.image.id === current.id) continue;
    if ((await findImageRecord(ports, { family: entry.family, build: found.build }))?.revoked) continue;
    return found;
  }
  return {
    error: `family ${entry.family} has no image of the last ${drill.maxImageAgeDays} days that stack ${entry.name} is not on already (${current.id}): build one, or raise drill.maxImageAgeDays`,
  };
};

const givenImage = async (
  ports: Needs,
  { id, region }: { readonly id: string; readonly region: string },
): Promise<(BuildFacts & { readonly image: ImageFacts }) | Refused> => {
  const { account } = ports.surroundings().hub;
  const image = await ports.images.find({ account, region }, id);
  return image
    ? { image, ...(await buildFacts(ports, image)) }
    : { error: `image ${id} does not exist in ${region}, or account ${account} may not see it` };
};

/**
 * What a drill on the named stack is to do, or why there is none. Whoever asks, the stack must be designated by the
 * configuration, be in an environment for drills, and be able to move now: a drill waits for nobody.
 *
 * @param given - The image to move to; null: the newest one that the stack is not on.
 */
export const openDrill = async (
  ports: Needs,
  name: string,
  given: { readonly id: string; readonly region: string } | null,
): Promise<DrillIdentity | Refused> => {
  const { drill, rings } = ports.configuration();
  const entry = drill.stacks.find((one) => one.name === name);
  if (entry === undefined) return { error: notDesignated(name, drill) };
  // Calendars are asked when the ring begins; windows cost nothing, and a drill that waited for one would hold the family's turn.
  const closed = judgeClosed(ports, rings[0]?.name ?? '', [], null);
  if (closed !== null) return { error: `${closedText(closed)}, and a drill waits for nobody: start it while one is` };
  const { account, region, family } = entry;
  const asked = await refusesUs(entry, () => ports.stacks.find(entry, name));
  if ('error' in asked) return asked;
  const stack = asked.found;
  if (stack === undefined) return { error: `stack ${name} does not exist in ${account}/${region}` };
  const refused = whyNoDrill(stack, entry, drill);
  if (refused !== null) return { error: refused };
  if (isBusy(stack.status))
    return { error: `stack ${name} is in ${stack.status}: a drill waits for nobody, ask again` };
  const names = rings.map((ring) => ring.name);
  const read = readStack(stack, entry, names, ports.clock.now());
  if ('leftOut' in read) return { error: `stack ${name} cannot be moved: ${read.leftOut.reason}` };
  const { movable } = read;
  const image = given
    ? await givenImage(ports, given)
    : await newestOther(ports, entry, await currentBuild(ports, stack, movable));
  if ('error' in image) return image;
  return {
    ...image,
    family,
    environment: movable.environment,
    drill: { stackId: stack.stackId, stackName: name, account, region, provenAt: null, result: null },
  };
};
