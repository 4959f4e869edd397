import type { Ports } from '../ports/index.ts';
import type { Campaign } from '../records.ts';
import { changeCampaign } from '../store/campaigns.ts';

type Needs = Pick<Ports, 'table' | 'clock' | 'executions' | 'surroundings'>;

/** Restores that may be started for one campaign before a person must look at it. */
export const mostAttempts = 5;

/**
 * Starts the campaign's restore as `<campaign>-r<attempt>`, unless one is running. The attempt is recorded before the
 * start, so that a caller that dies in between starts the same one again.
 */
export const startRestore = async (ports: Needs, campaign: Campaign, reason: string): Promise<string> => {
  const { executions, surroundings } = ports;
  const { campaignId, restore } = campaign;
  if (restore) {
    const status = await executions.status(restore.executionArn);
    if (status === 'RUNNING') return restore.executionArn;
  }
  const attempt = (restore?.attempt ?? 0) + 1;
  const name = `${campaignId}-r${attempt}`;
  const executionArn = await executions.start(surroundings().restoreMachineArn, name, { campaignId, reason });
  await changeCampaign(
    ports,
    campaignId,
    { restore: { executionArn, attempt } },
    {
      who: 'Restore Previous Image',
      what: `restore ${attempt} started`,
      why: reason,
      evidence: { executionArn },
    },
  );
  return executionArn;
};
