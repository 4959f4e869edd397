import type { Family } from '../configuration/family.ts';
import type { ImageFacts } from '../ports/images.ts';
import { imageTags } from '../words.ts';
import { matchesGlob } from './glob.ts';

const tag = ({ tags }: ImageFacts, key: string): string | undefined => {
  const value = Object.hasOwn(tags, key) ? tags[key]?.trim() : undefined;
  return value === '' ? undefined : value;
};

/**
 * What makes the regional copies of an image one build: the tag build_id, else the id of the original, else its own id.
 * A copy made without its tags does not know the build id: give the original too, where it can be read.
 */
export const buildOf = (image: ImageFacts, original?: ImageFacts): string =>
  tag(image, imageTags.buildId) ?? (original && tag(original, imageTags.buildId)) ?? image.source?.id ?? image.id;

/**
 * The family that the image belongs to: by its family tag, else by the first name pattern that fits; undefined: none.
 * An unknown family tag does not hide a fitting name: Tag Check then rejects the image with the right tag.
 */
export const matchesFamily = (image: ImageFacts, families: readonly Family[]): Family | undefined =>
  families.find(({ name }) => name === tag(image, imageTags.family)) ??
  families.find(({ namePattern }) => namePattern !== null && matchesGlob(namePattern, image.name));

/** Why an image belongs to no family, and what to do. */
export const noFamilyReason = ({ id, name }: ImageFacts, families: readonly Family[]): string =>
  `image ${id} (${name}) belongs to no family: set its tag ${imageTags.family} to one of ${families.map((family) => family.name).join(', ')}, or name the family at the start`;
