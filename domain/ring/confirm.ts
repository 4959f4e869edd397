import type { Ports } from '../ports/index.ts';
import { findApproval } from '../store/approvals.ts';
import { autoPerson } from './auto-approval.ts';
import { getCampaign } from '../store/campaigns.ts';

/** The use case behind Confirm Approval: only the record approves, for exactly this campaign, ring, image and plan. */
export const confirm =
  (ports: Pick<Ports, 'table' | 'clock' | 'configuration'>) =>
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
      // A ring approves itself only where the configuration lets it, and on conditions that are all met and on record.
      const settings = ports.configuration().rings.find(({ name }) => name === ring);
      const met = approval.auto?.approved === true && approval.auto.conditions.every((one) => one.met);
      if (people.delete(autoPerson)) {
        if (settings?.approval !== 'auto') return `ring ${ring} may not approve itself`;
        return met ? '' : `ring ${ring} approved itself without its conditions`;
      }
      if (people.size < approval.approversNeeded)
        return `ring ${ring} has ${people.size} of ${approval.approversNeeded} approvals`;
      return '';
    })();
    return { approved: why === '', reason: why };
  };
