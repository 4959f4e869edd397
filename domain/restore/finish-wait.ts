import { restorePreviousImage } from '../../contracts/restore-previous-image.ts';
import { completeTask } from '../complete-task.ts';
import type { Ports } from '../ports/index.ts';
import type { Campaign } from '../records/campaign.ts';
import { findWait, forgetWait } from '../store/waits.ts';

/** The key under which a campaign that waits for its restore is found. */
export const restoreWaitKey = (campaignId: string): string => `restore#${campaignId}`;

/** Tells a campaign that waits for its restore how it ended; true where it has ended. */
export const finishRestoreWait = async (
  ports: Pick<Ports, 'table' | 'executions'>,
  { campaignId, outcome }: Pick<Campaign, 'campaignId' | 'outcome'>,
): Promise<boolean> => {
  if (outcome !== 'RESTORED' && outcome !== 'RESTORE_INCOMPLETE') return false;
  const wait = await findWait(ports, restoreWaitKey(campaignId));
  if (wait) {
    await completeTask(ports, restorePreviousImage, wait.taskToken, { outcome });
    await forgetWait(ports, wait);
  }
  return true;
};
