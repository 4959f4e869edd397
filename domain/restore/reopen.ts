import type { Ports } from '../ports/index.ts';
import { ConditionFailed } from '../ports/table.ts';
import type { Campaign } from '../records/campaign.ts';
import { changeCampaign, getCampaign } from '../store/campaigns.ts';
import { claimFamily } from '../store/deduplication.ts';
import { nextAttempt } from './start-restore.ts';

type Needs = Pick<Ports, 'table' | 'clock' | 'surroundings'>;

/**
 * Gives a campaign that has ended back to the restore: no outcome, a raised fence, and the attempt that will restore it,
 * in one write with its audit record. From here on it is an open campaign, so that a restore that dies is started again
 * like any other. Gives the campaign as it stands then; somebody may have reopened it at the same moment.
 */
export const reopen = async (
  ports: Needs,
  campaign: Campaign,
  { person, identity, reason }: { readonly person: string; readonly identity: string; readonly reason: string },
): Promise<Campaign> => {
  const { campaignId, family, outcome, fence } = campaign;
  if (outcome === null) return campaign;
  // A new campaign must not begin on stacks that are going back. One that runs already goes on: leases keep them apart.
  await claimFamily(ports, { campaignId, family });
  const restore = nextAttempt(ports, campaign, reason);
  const at = ports.clock.now().toISOString();
  try {
    return await changeCampaign(
      ports,
      campaignId,
      {
        phase: 'restoring',
        fence: fence + 1,
        restoringSince: at,
        conclusion: null,
        outcome: null,
        endedAt: null,
        told: false,
        reason: `rolled back by ${person}: ${reason}`,
        restore,
        rollback: { by: person, reason, at, from: outcome },
        ipk: 'OPEN',
      },
      {
        who: person,
        what: `rollback of a ${outcome} campaign`,
        why: reason,
        evidence: { identity, from: outcome, executionArn: restore.executionArn },
      },
      { equals: { phase: 'closed', outcome, fence } },
    );
  } catch (error) {
    if (!(error instanceof ConditionFailed)) throw error;
    return getCampaign(ports, campaignId);
  }
};
