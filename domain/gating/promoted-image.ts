import type { ImageFacts } from '../ports/images.ts';
import type { Ports } from '../ports/index.ts';
import type { Campaign } from '../records/campaign.ts';
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

/** The family's current images. */
export interface PromotedImages {
  /** The youngest build first, each with its original; environments may be on different ones. */
  readonly images: readonly { readonly image: ImageFacts; readonly original: ImageFacts }[];
  /** The images of the latest promotion, if EC2 does not know or show any of them any more. */
  readonly unreadable: readonly string[];
}

/** The promotions of one image in one region. */
interface Promoted {
  readonly id: string;
  readonly region: string;
  readonly campaignId: string;
  readonly at: string;
}

/**
 * What the family is on, beside the campaign's own build. Promotions of every region count: they are on record only
 * where stacks are, and a campaign may start where none is. So builds are compared, not ids: the promoted image's facts
 * are read in its own region, its age is that of its original.
 */
export const promotedImages = async (
  ports: Needs,
  { family, image, imageSet }: Pick<Campaign, 'family' | 'image' | 'imageSet'>,
): Promise<PromotedImages> => {
  const promoted = new Map<string, Promoted>();
  for await (const { image: id, region, campaignId, at } of currentImages(ports, family)) {
    if (id === image.id || imageSet[region] === id) continue;
    const before = promoted.get(`${region}/${id}`);
    if (!before || before.at < at) promoted.set(`${region}/${id}`, { id, region, campaignId, at });
  }
  const { account } = ports.surroundings().hub;
  const found = await Promise.all(
    [...promoted.values()].map(async (one) => ({
      ...one,
      facts: await ports.images.find({ account, region: one.region }, one.id),
    })),
  );
  const readable = await Promise.all(
    found.flatMap(({ facts }) =>
      facts ? [originalOf(ports, facts).then((original) => ({ image: facts, original: original ?? facts }))] : [],
    ),
  );
  // Of one build's images the one beside the campaign's own says most.
  const isBeside = (one: ImageFacts): number => Number(one.region === image.region);
  const latest = [...promoted.values()].sort((a, b) => a.at.localeCompare(b.at)).at(-1);
  const ofLatest = found.filter(({ campaignId }) => campaignId === latest?.campaignId);
  return {
    images: readable.sort(
      (a, b) => b.original.createdAt.localeCompare(a.original.createdAt) || isBeside(b.image) - isBeside(a.image),
    ),
    // An environment that nobody uses any more must not hold up the others, and one region tells of the build for all.
    unreadable: ofLatest.some(({ facts }) => facts) ? [] : ofLatest.map(({ id }) => id),
  };
};
