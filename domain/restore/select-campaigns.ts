import type { Ports } from '../ports/index.ts';
import type { Campaign } from '../records/campaign.ts';
import { allCampaigns, findCampaign } from '../store/campaigns.ts';

/** Which campaigns are meant: one by its id, or every one that brought an image, by the id the image has in any region. */
export type RollbackSelection = { readonly campaignId: string } | { readonly imageId: string };

/** The campaigns that are meant, the newest first; none where there is no such campaign or image. */
export const selectCampaigns = async (
  ports: Pick<Ports, 'table'>,
  selection: RollbackSelection,
): Promise<readonly Campaign[]> => {
  if ('campaignId' in selection) {
    const campaign = await findCampaign(ports, selection.campaignId);
    return campaign ? [campaign] : [];
  }
  const { imageId } = selection;
  const found = new Map<string, Campaign>();
  for await (const { campaignId, image, imageSet } of allCampaigns(ports)) {
    if (image.id !== imageId && !Object.values(imageSet).includes(imageId)) continue;
    // The index may lag behind: what is decided on is the record itself.
    const campaign = await findCampaign(ports, campaignId);
    if (campaign) found.set(campaignId, campaign);
  }
  return [...found.values()].sort((a, b) => b.startedAt.localeCompare(a.startedAt));
};
