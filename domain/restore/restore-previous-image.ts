import type { Ports } from '../ports/index.ts';
import { failureReason, type Failure } from '../stack/failure-reason.ts';
import { getCampaign } from '../store/campaigns.ts';
import { storeWait } from '../store/waits.ts';
import { finishRestoreWait, restoreWaitKey } from './finish-wait.ts';
import { startRestore } from './start-restore.ts';

type Needs = Pick<Ports, 'table' | 'clock' | 'configuration' | 'executions' | 'surroundings'>;

/** The use case behind Restore Previous Image. */
export const restorePreviousImage =
  (ports: Needs) =>
  async ({
    campaignId,
    failure,
    taskToken,
  }: {
    campaignId: string;
    failure: Failure;
    taskToken: string;
  }): Promise<void> => {
    const now = ports.clock.now();
    await storeWait(ports, {
      key: restoreWaitKey(campaignId),
      kind: 'restore',
      campaignId,
      taskToken,
      account: '',
      region: '',
      stackId: null,
      direction: null,
      context: {},
      createdAt: now.toISOString(),
      overdueAt: new Date(now.getTime() + ports.configuration().stacks.overdueMinutes * 60_000).toISOString(),
    });
    const campaign = await getCampaign(ports, campaignId);
    if (await finishRestoreWait(ports, campaign)) return;
    await startRestore(ports, campaign, failureReason(failure));
  };
