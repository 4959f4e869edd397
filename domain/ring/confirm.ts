import type { Ports } from '../ports/index.ts';
import { findApproval } from '../store/approvals.ts';
import { getCampaign } from '../store/campaigns.ts';

/** The use case behind Confirm Approval: only the record approves, for exactly this campaign, ring, image and plan. */
export const confirm =
  (ports: Pick<Ports, 'table' | 'clock'>) =>
  async ({ campaignId, ring, planHash }: { campaignId: string; ring: string; planHash: string }) => {
    const campaign = await getCampaign(ports, campaignId);
    const approval = await findApproval(ports, campaignId, ring);
    const people = new Set(
      approval?.decisions.filter(({ decision }) => decision === 'approve').map(({ person }) => person),
    );
    people.delete(campaign.starter);
    const why = ((): string => {
      if (!approval) return `nobody was asked to approve ring ${ring}`;
      if (approval.state === 'rejected') {
        const no = approval.decisions.find(({ decision }) => decision === 'reject');
        return `ring ${ring} was rejected by ${no?.person ?? 'somebody'}: ${no?.reason ?? ''}`;
      }
      if (approval.state !== 'approved') return `ring ${ring} was not approved by anybody we know`;
      if (approval.planHash !== planHash || approval.planHash !== campaign.planHash)
        return `ring ${ring} was approved for another plan`;
      if (approval.image !== campaign.image.id) return `ring ${ring} was approved for another image`;
      if (people.size < approval.approversNeeded)
        return `ring ${ring} has ${people.size} of ${approval.approversNeeded} approvals`;
      return '';
    })();
    return { approved: why === '', reason: why };
  };
