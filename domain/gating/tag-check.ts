import { judgeTags } from '../gates/tag-check.ts';
import type { Ports } from '../ports/index.ts';
import { recordVerdict } from '../store/verdicts.ts';
import { gatedImage, type GateTask } from './gated-image.ts';

type Needs = Pick<Ports, 'table' | 'clock' | 'configuration' | 'images' | 'surroundings'>;

/** The use case behind Tag Check. */
export const tagCheck = (ports: Needs) => async (task: GateTask) => {
  const found = await gatedImage(ports, 'Tag Check', task);
  const verdict =
    'rejected' in found
      ? found.rejected
      : judgeTags(found.image, found.family, {
          hubAccount: ports.surroundings().hub.account,
          now: ports.clock.now(),
        });
  return recordVerdict(ports, task.campaignId, verdict);
};
