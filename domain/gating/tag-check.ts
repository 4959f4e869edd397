import { judgeTags } from '../gates/tag-check.ts';
import type { Ports } from '../ports/index.ts';
import type { Verdict } from '../records.ts';
import { recordVerdict } from '../store/verdicts.ts';
import { gatedImage, type GatedImage, type GateTask } from './gated-image.ts';
import { promotedImages } from './promoted-image.ts';

type Needs = Pick<Ports, 'table' | 'clock' | 'configuration' | 'images' | 'surroundings'>;

const judge = async (ports: Needs, { campaign, image, family }: GatedImage): Promise<Verdict> => {
  const { images } = await promotedImages(ports, campaign);
  return judgeTags(image, family, {
    hubAccount: ports.surroundings().hub.account,
    now: ports.clock.now(),
    promoted: images[0]?.image,
  });
};

/** The use case behind Tag Check. */
export const tagCheck = (ports: Needs) => async (task: GateTask) => {
  const found = await gatedImage(ports, 'Tag Check', task);
  return recordVerdict(ports, task.campaignId, 'rejected' in found ? found.rejected : await judge(ports, found));
};
