import type { ImageFacts } from '../ports/images.ts';
import type { Ports } from '../ports/index.ts';
import type { Campaign } from '../records.ts';
import { currentImages } from '../store/promotions.ts';

type Needs = Pick<Ports, 'table' | 'images' | 'surroundings'>;

/**
 * The build's original: a copy is as young as its copying, which says nothing about what is in it. Undefined where the
 * original cannot be read: its age is not known then.
 */
export const originalOf = async (
  { images, surroundings }: Pick<Ports, 'images' | 'surroundings'>,
  image: ImageFacts,
): Promise<ImageFacts | undefined> => {
  if (!image.source) return image;
  const { id, region } = image.source;
  return images.find({ account: surroundings().hub.account, region }, id);
};

/** The family's current images in one region. */
export interface PromotedImages {
  /** The youngest build first, each with its original; environments may be on different ones. */
  readonly images: readonly { readonly image: ImageFacts; readonly original: ImageFacts }[];
  /** The image of the latest promotion, if EC2 does not know it any more or does not show it. */
  readonly unreadable: readonly string[];
}

/** What the family is on in the campaign's region, beside the campaign's own image. */
export const promotedImages = async (
  ports: Needs,
  { family, image }: Pick<Campaign, 'family' | 'image'>,
): Promise<PromotedImages> => {
  const promotedAt = new Map<string, string>();
  for await (const current of currentImages(ports, family)) {
    if (current.region !== image.region || current.image === image.id) continue;
    const before = promotedAt.get(current.image) ?? '';
    promotedAt.set(current.image, before > current.at ? before : current.at);
  }
  const latest = [...promotedAt.values()].sort().at(-1);
  const target = { account: ports.surroundings().hub.account, region: image.region };
  const found = await Promise.all(
    [...promotedAt.keys()].map(async (id) => ({ id, image: await ports.images.find(target, id) })),
  );
  const readable = await Promise.all(
    found.flatMap(({ image: facts }) =>
      facts ? [originalOf(ports, facts).then((original) => ({ image: facts, original: original ?? facts }))] : [],
    ),
  );
  return {
    images: readable.sort((a, b) => b.original.createdAt.localeCompare(a.original.createdAt)),
    // An environment that nobody uses any more must not hold up the others.
    unreadable: found.flatMap(({ id, image: facts }) => (!facts && promotedAt.get(id) === latest ? [id] : [])),
  };
};
