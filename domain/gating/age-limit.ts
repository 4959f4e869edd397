import { judgeAge } from '../gates/age-limit.ts';
import { verdict } from '../gates/verdict.ts';
import type { ImageFacts } from '../ports/images.ts';
import type { Ports } from '../ports/index.ts';
import type { Verdict } from '../records.ts';
import { currentImages } from '../store/promotions.ts';
import { recordVerdict } from '../store/verdicts.ts';
import { gatedImage, type GatedImage, type GateTask } from './gated-image.ts';

type Needs = Pick<Ports, 'table' | 'clock' | 'configuration' | 'images' | 'surroundings'>;

/**
 * The build's original: a copy is as young as its copying, which says nothing about what is in it. Undefined where the
 * original cannot be read: its age is not known then.
 */
const originalOf = async ({ images, surroundings }: Needs, image: ImageFacts): Promise<ImageFacts | undefined> => {
  if (!image.source) return image;
  const { id, region } = image.source;
  return images.find({ account: surroundings().hub.account, region }, id);
};

/** The original of the family's current image in the image's region; the youngest where environments differ. */
const promotedOf = async (ports: Needs, { campaign, image }: GatedImage): Promise<ImageFacts | undefined> => {
  const ids = new Set<string>();
  for await (const current of currentImages(ports, campaign.family))
    if (current.region === image.region && current.image !== image.id) ids.add(current.image);
  const target = { account: ports.surroundings().hub.account, region: image.region };
  const found = await Promise.all(
    [...ids].map(async (id) => {
      const copy = await ports.images.find(target, id);
      return copy && ((await originalOf(ports, copy)) ?? copy);
    }),
  );
  return found.filter((facts) => facts !== undefined).sort((a, b) => b.createdAt.localeCompare(a.createdAt))[0];
};

const judge = async (ports: Needs, found: GatedImage): Promise<Verdict> => {
  const now = ports.clock.now();
  const original = await originalOf(ports, found.image);
  if (original)
    return judgeAge(original, await promotedOf(ports, found), found.policy, {
      allowOlder: found.campaign.allowOlder,
      now,
    });
  const { id, source } = found.image;
  const reason = `Image ${id} is a copy of ${source?.id ?? ''} in ${source?.region ?? ''}, which cannot be read: its age is not known. Keep the original while its copies are rolled out, or start with the original.`;
  return verdict('Age Limit', [reason], { imageId: id, source }, now);
};

/** The use case behind Age Limit. */
export const ageLimit = (ports: Needs) => async (task: GateTask) => {
  const found = await gatedImage(ports, 'Age Limit', task);
  return recordVerdict(ports, task.campaignId, 'rejected' in found ? found.rejected : await judge(ports, found));
};
