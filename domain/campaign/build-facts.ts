import { buildOf } from '../gates/image-build.ts';
import type { ImageFacts } from '../ports/images.ts';
import type { Ports } from '../ports/index.ts';

/** What one image is, whichever of its copies it was found by. */
export interface BuildFacts {
  readonly build: string;
  /** When it was made in its source region; ISO 8601. A copy does not make it young. */
  readonly builtAt: string;
}

/** Which build an image belongs to, and since when there is one; asks for the original of a copy. */
export const buildFacts = async (
  { images, surroundings }: Pick<Ports, 'images' | 'surroundings'>,
  image: ImageFacts,
): Promise<BuildFacts> => {
  const { source } = image;
  const { account } = surroundings().hub;
  const original = source ? await images.find({ account, region: source.region }, source.id) : undefined;
  return { build: buildOf(image, original), builtAt: original?.createdAt ?? image.createdAt };
};
