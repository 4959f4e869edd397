import type { Ports } from '../ports/index.ts';
import { ConditionFailed } from '../ports/table.ts';
import { changeCampaign, getCampaign } from '../store/campaigns.ts';

type Needs = Pick<Ports, 'table' | 'clock'>;

/**
 * The use case behind Open Restore. From here on no forward write passes the fence: Apply reads the campaign right before
 * it writes, and the machine then waits as long as an Apply that has read it already can live.
 */
export const openRestore =
  (ports: Needs) =>
  async ({ campaignId, reason, executionArn }: { campaignId: string; reason: string; executionArn: string }) => {
    const campaign = await getCampaign(ports, campaignId);
    if (campaign.phase === 'restoring') return { decision: 'restore' as const };
    if (campaign.phase !== 'running') return { decision: 'ended' as const };
    try {
      await changeCampaign(
        ports,
        campaignId,
        { phase: 'restoring', fence: campaign.fence + 1, reason: campaign.reason === '' ? reason : campaign.reason },
        { who: 'Open Restore', what: 'fence raised, campaign is restoring', why: reason, evidence: { executionArn } },
        { equals: { phase: 'running' } },
      );
      return { decision: 'restore' as const };
    } catch (error) {
      if (!(error instanceof ConditionFailed)) throw error;
      const { phase } = await getCampaign(ports, campaignId);
      return { decision: phase === 'restoring' ? ('restore' as const) : ('ended' as const) };
    }
  };
