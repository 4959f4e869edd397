import type { CampaignStatus } from '../api/answers.ts';
import { ApiError, type Client } from '../api/client.ts';

/** A campaign's status; null where there is no record, as for one that was started a moment ago. */
export const findCampaign = async (client: Client, campaignId: string): Promise<CampaignStatus | null> => {
  try {
    return await client.call<CampaignStatus>('GET', `/campaigns/${campaignId}`);
  } catch (error) {
    if (error instanceof ApiError && error.status === 404) return null;
    throw error;
  }
};
