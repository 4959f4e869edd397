import { judgeAge, type Deprecation } from '../gates/age-limit.ts';
import { reason as reasonOf } from '../gates/reason.ts';
import { verdict } from '../gates/verdict.ts';
import type { GatePolicy } from '../configuration/gate-policy.ts';
import type { Ports } from '../ports/index.ts';
import type { Verdict } from '../records/verdict.ts';
import { recordVerdict } from '../store/verdicts.ts';
import { gatedImage, type GatedImage, type GateTask } from './gated-image.ts';
import { skippedVerdict } from './skipped.ts';
import { originalOf, promotedImages } from './promoted-image.ts';

type Needs = Pick<Ports, 'table' | 'clock' | 'metrics' | 'configuration' | 'images' | 'surroundings'>;

/** Deprecation dates of every image that would be rolled out; one that is gone by now is the recheck's business. */
const deprecationsOf = async (ports: Needs, { campaign, image }: GatedImage): Promise<readonly Deprecation[]> => {
  const { account } = ports.surroundings().hub;
  const others = Object.entries(campaign.imageSet).filter(([, id]) => id !== image.id);
  const copies = await Promise.all(others.map(([region, id]) => ports.images.find({ account, region }, id)));
  return [image, ...copies].flatMap((copy) =>
    copy ? [{ region: copy.region, id: copy.id, at: copy.deprecatedAt }] : [],
  );
};

/**
 * A drill moves one stack of staging for an hour, often to the predecessor of the newest image: it has a limit of its own,
 * and an image that will be deprecated soon is good enough.
 */
const limitsOf = (
  ports: Needs,
  { campaign, policy }: GatedImage,
): Pick<GatePolicy, 'maxAgeDays' | 'deprecationMarginDays'> =>
  campaign.drill ? { maxAgeDays: ports.configuration().drill.maxImageAgeDays, deprecationMarginDays: 0 } : policy;

const judge = async (ports: Needs, found: GatedImage): Promise<Verdict> => {
  const now = ports.clock.now();
  const { campaign, image } = found;
  const original = await originalOf(ports, image);
  if (original) {
    const { images, unreadable } = await promotedImages(ports, campaign);
    return judgeAge(original, images[0]?.original, limitsOf(ports, found), {
      allowOlder: campaign.allowOlder ? campaign.startReason : null,
      deprecations: await deprecationsOf(ports, found),
      unreadable,
      now,
    });
  }
  const { id, source } = image;
  const text = `Image ${id} is a copy of ${source?.id ?? ''} in ${source?.region ?? ''}, which cannot be read: its age is not known. Keep the original while its copies are rolled out, or start with the original.`;
  return verdict('Age Limit', [reasonOf('original-unreadable', text)], { imageId: id, source }, now);
};

/** The use case behind Age Limit. */
export const ageLimit = (ports: Needs) => async (task: GateTask) => {
  const startedAt = ports.clock.now();
  const skipped = skippedVerdict(ports, 'Age Limit', task.category);
  if (skipped) return recordVerdict(ports, task.campaignId, skipped, startedAt);
  const found = await gatedImage(ports, 'Age Limit', task);
  const verdict = 'rejected' in found ? found.rejected : await judge(ports, found);
  return recordVerdict(ports, task.campaignId, verdict, startedAt);
};
