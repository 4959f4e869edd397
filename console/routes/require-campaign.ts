import type { Campaign } from '../../domain/records/campaign.ts';
import { findCampaign } from '../../domain/store/campaigns.ts';
import type { ConsolePorts } from '../ports.ts';
import { ProblemError } from '../problem.ts';

/** There is no such campaign, or none yet: an execution that was started a moment ago has not written its record. */
export const unknownCampaign = (id: string): ProblemError =>
  new ProblemError(404, `there is no campaign ${id}; one that was started a moment ago may not have its record yet`);

/** Goes on where there is such a campaign. */
export const requireCampaign = async (ports: ConsolePorts, id: string): Promise<Campaign> => {
  const campaign = await findCampaign(ports, id);
  if (!campaign) throw unknownCampaign(id);
  return campaign;
};
