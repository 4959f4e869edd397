import { judgeTags } from '../gates/tag-check.ts';
import type { Ports } from '../ports/index.ts';
import type { Verdict } from '../records/verdict.ts';
import { findImageRecord } from '../store/image-records.ts';
import { recordVerdict } from '../store/verdicts.ts';
import { gatedImage, type GatedImage, type GateTask } from './gated-image.ts';
import { queueTags, recordedTags } from './image-tags/note-on-image.ts';
import { promotedImages } from './promoted-image.ts';

type Needs = Pick<Ports, 'table' | 'clock' | 'metrics' | 'configuration' | 'functions' | 'images' | 'surroundings'>;

const judge = async (ports: Needs, { campaign, image, family }: GatedImage): Promise<Verdict> => {
  const { images } = await promotedImages(ports, campaign);
  const recorded = await recordedTags(ports, campaign);
  // Somebody has written over what we recorded: the tag is put right, whatever becomes of the image.
  if (Object.entries(recorded).some(([key, value]) => image.tags[key] !== value)) await queueTags(ports, campaign);
  return judgeTags(image, family, {
    hubAccount: ports.surroundings().hub.account,
    now: ports.clock.now(),
    promoted: images[0]?.image,
    recorded,
    revoked: (await findImageRecord(ports, campaign))?.revoked ?? null,
    allowRevoked: campaign.allowRevoked === true ? campaign.startReason : null,
  });
};

/** The use case behind Tag Check. */
export const tagCheck = (ports: Needs) => async (task: GateTask) => {
  const startedAt = ports.clock.now();
  const found = await gatedImage(ports, 'Tag Check', task);
  const verdict = 'rejected' in found ? found.rejected : await judge(ports, found);
  return recordVerdict(ports, task.campaignId, verdict, startedAt);
};
