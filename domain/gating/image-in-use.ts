import type { ImageInUse } from '../gates/finding-delta.ts';
import type { Ports } from '../ports/index.ts';
import type { Campaign } from '../records/campaign.ts';
import type { Promotion } from '../records/promotion.ts';
import { currentImages } from '../store/promotions.ts';

type Needs = Pick<Ports, 'table' | 'scans' | 'surroundings'>;

/**
 * The family's image in use with what was found in it: that of the last promotion, where environments or regions differ.
 * A promotion is on record only where stacks are, so any region counts; each image's findings are read in its own. Of one
 * promotion's regions the campaign's comes first, then one whose scan is finished.
 */
export const imageInUse = async (
  ports: Needs,
  { family, image, imageSet }: Pick<Campaign, 'family' | 'image' | 'imageSet'>,
): Promise<ImageInUse | null> => {
  const found: Promotion[] = [];
  for await (const current of currentImages(ports, family))
    if (current.image !== image.id && imageSet[current.region] !== current.image) found.push(current);
  const last = found.reduce<Promotion | undefined>((a, b) => (a && a.at >= b.at ? a : b), undefined);
  if (!last) return null;
  const isBeside = ({ region }: Promotion): number => Number(region === image.region);
  const ofLast = found
    .filter(({ campaignId, environment }) => campaignId === last.campaignId && environment === last.environment)
    .sort((a, b) => isBeside(b) - isBeside(a) || b.at.localeCompare(a.at));
  const { account } = ports.surroundings().hub;
  for (const one of ofLast) {
    const target = { account, region: one.region };
    const { state } = await ports.scans.coverage(target, one.image);
    if (state === 'finished') return { image: one.image, findings: await ports.scans.findings(target, one.image) };
  }
  return { image: (ofLast[0] ?? last).image, findings: null };
};
