import type { Family } from '../configuration/family.ts';
import { matchesFamily } from '../gates/image-build.ts';
import type { ImageFacts } from '../ports/images.ts';
import type { Ports } from '../ports/index.ts';
import { imageTags } from '../words.ts';
import { buildFacts, type BuildFacts } from './build-facts.ts';

type Needs = Pick<Ports, 'configuration' | 'images' | 'surroundings' | 'clock'>;

/** An image with the build that it is of. */
export type BuiltImage = BuildFacts & { readonly image: ImageFacts };

/**
 * Available images of the family in the hub's region, by tag or name, the newest build first; only those of accepted owners count, and
 * only those that were made within so many days.
 */
export const familyImages = async (
  ports: Needs,
  family: Family,
  withinDays: number,
): Promise<readonly BuiltImage[]> => {
  const { images, configuration } = ports;
  const { hub } = ports.surroundings();
  const { families } = configuration();
  const owners = family.owners.map((owner) => (owner === 'self' ? hub.account : owner));
  const tagged = await images.findByTags(hub, { [imageTags.family]: family.name });
  const named = family.namePattern === null ? [] : await images.findByName(hub, family.namePattern, owners);
  const oldest = new Date(ports.clock.now().getTime() - withinDays * 86_400_000).toISOString();
  const found = new Map([...tagged, ...named].map((image) => [image.id, image]));
  const usable = [...found.values()].filter(
    (image) =>
      image.state === 'available' &&
      owners.includes(image.owner) &&
      image.createdAt > oldest &&
      matchesFamily(image, families)?.name === family.name,
  );
  const builds = await Promise.all(usable.map(async (image) => ({ image, ...(await buildFacts(ports, image)) })));
  return builds.sort((a, b) => b.builtAt.localeCompare(a.builtAt) || a.image.id.localeCompare(b.image.id));
};
