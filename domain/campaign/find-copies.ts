import { unlikeOriginal } from '../gates/image-attributes.ts';
import type { ImageFacts } from '../ports/images.ts';
import type { Ports } from '../ports/index.ts';
import type { Campaign } from '../records/campaign.ts';
import { imageTags } from '../words.ts';

type Needs = Pick<Ports, 'images' | 'surroundings'>;

/** What a region has that may be the campaign's build, usable or not. */
export interface FoundCopies {
  readonly copies: readonly ImageFacts[];
  /** Images that carry the build's tag and are other images all the same, each with what differs. */
  readonly others: readonly { readonly id: string; readonly why: string }[];
}

/**
 * Looks for the campaign's build in a region other than its own: by source id, else by family and build tag. One pipeline run may put out
 * several images under one build tag, so such an image counts only where name and attributes are the original's: what
 * gates have proved of the original says nothing about another image.
 */
export const findCopies = async (
  { images, surroundings }: Needs,
  campaign: Campaign,
  original: ImageFacts | undefined,
  region: string,
): Promise<FoundCopies> => {
  const target = { account: surroundings().hub.account, region };
  const ids = [campaign.image.id, ...(original?.source ? [original.source.id] : [])];
  const copies = (await Promise.all(ids.map((id) => images.findCopies(target, id)))).flat();
  // The build may have been made in another region than the event's: its original counts as well.
  const source = original?.source?.region === region ? await images.find(target, original.source.id) : undefined;
  const found = [...copies, ...(source ? [source] : [])];
  const buildId = original?.tags[imageTags.buildId];
  if (found.length > 0 || original === undefined || buildId === undefined) return { copies: found, others: [] };
  const tagged = await images.findByTags(target, { [imageTags.family]: campaign.family, [imageTags.buildId]: buildId });
  const judged = tagged.map((image) => ({ image, why: unlikeOriginal(image, original) }));
  return {
    copies: judged.flatMap(({ image, why }) => (why.length === 0 ? [image] : [])),
    others: judged.flatMap(({ image: { id }, why }) => (why.length === 0 ? [] : [{ id, why: why.join('; ') }])),
  };
};
