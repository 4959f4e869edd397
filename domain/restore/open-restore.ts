import { ConditionFailed } from '../ports/table.ts';
import type { Campaign } from '../records/campaign.ts';
import { changeCampaign, getCampaign } from '../store/campaigns.ts';
import { settleSeconds } from './settle-seconds.ts';
import { hasTold, tellOnce, type TellingPorts } from '../telling/tell.ts';

type Needs = TellingPorts;

/** Tells that everything goes back, unless a breach has said so: a rejection, an expiry, an abort, a crash, a rollback. */
const inform = async (ports: Needs, campaign: Campaign): Promise<void> => {
  const { campaignId, family, rollback, reason } = campaign;
  if (rollback === null && (await hasTold(ports, campaignId, 'breach'))) return;
  await tellOnce(ports, { fact: 'restoring', campaign, ring: null, occasion: rollback?.at ?? '' }, () =>
    Promise.resolve({
      subject: `Restoring: ${family} goes back`,
      opening: [
        'Every stack that this campaign has touched is being put back on its previous image.',
        'Nothing to do now: a message follows when it has ended.',
      ],
      reason,
    }),
  );
};

/**
 * The use case behind Open Restore. From here on no forward write passes the fence: Apply reads the campaign right before
 * it writes, and the machine then waits as long as an Apply that has read it already can live.
 */
export const openRestore =
  (ports: Needs) =>
  async ({ campaignId, reason, executionArn }: { campaignId: string; reason: string; executionArn: string }) => {
    const campaign = await getCampaign(ports, campaignId);
    if (campaign.phase === 'restoring') {
      // A rollback has reopened it, or this is the second try of an invocation that died after its write.
      await inform(ports, campaign);
      return { decision: 'restore' as const, settleSeconds: settleSeconds(campaign) };
    }
    if (campaign.phase !== 'running') return { decision: 'ended' as const, settleSeconds: 0 };
    try {
      const restoring = await changeCampaign(
        ports,
        campaignId,
        {
          phase: 'restoring',
          fence: campaign.fence + 1,
          restoringSince: ports.clock.now().toISOString(),
          reason: campaign.reason === '' ? reason : campaign.reason,
        },
        { who: 'Open Restore', what: 'fence raised, campaign is restoring', why: reason, evidence: { executionArn } },
        { equals: { phase: 'running' } },
      );
      await inform(ports, restoring);
      return { decision: 'restore' as const, settleSeconds: settleSeconds(campaign) };
    } catch (error) {
      if (!(error instanceof ConditionFailed)) throw error;
      const { phase } = await getCampaign(ports, campaignId);
      return {
        decision: phase === 'restoring' ? ('restore' as const) : ('ended' as const),
        settleSeconds: settleSeconds(campaign),
      };
    }
  };
