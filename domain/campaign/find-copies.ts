import type { ImageFacts } from '../ports/images.ts';
import type { Ports } from '../ports/index.ts';
import type { Campaign } from '../records.ts';
import { imageTags } from '../words.ts';

type Needs = Pick<Ports, 'images' | 'surroundings'>;

/** Everything that may be the campaign's build in a region, usable or not: by source id, else by family and build tag. */
export const findCopies = async (
  { images, surroundings }: Needs,
  campaign: Campaign,
  original: ImageFacts | undefined,
  region: string,
): Promise<readonly ImageFacts[]> => {
  if (region === campaign.image.region) return original ? [original] : [];
  const target = { account: surroundings().hub.account, region };
  const ids = [campaign.image.id, ...(original?.source ? [original.source.id] : [])];
  const copies = (await Promise.all(ids.map((id) => images.findCopies(target, id)))).flat();
  // The build may have been made in another region than the event's: its original counts as well.
  const source = original?.source?.region === region ? await images.find(target, original.source.id) : undefined;
  const found = [...copies, ...(source ? [source] : [])];
  const buildId = original?.tags[imageTags.buildId];
  if (found.length > 0 || buildId === undefined) return found;
  return images.findByTags(target, { [imageTags.family]: campaign.family, [imageTags.buildId]: buildId });
};
