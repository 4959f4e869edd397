import { familyGoneReason, goneReason } from '../gates/image-flaws.ts';
import { verdict } from '../gates/verdict.ts';
import type { Category } from '../configuration/category.ts';
import type { Family } from '../configuration/family.ts';
import type { GateName } from '../configuration/gate-names.ts';
import type { GatePolicy } from '../configuration/gate-policy.ts';
import type { ImageFacts } from '../ports/images.ts';
import type { Ports } from '../ports/index.ts';
import type { Campaign } from '../records/campaign.ts';
import type { Verdict } from '../records/verdict.ts';
import { getCampaign } from '../store/campaigns.ts';

/** What every gate task gets from the machine. */
export interface GateTask {
  readonly campaignId: string;
  readonly image: { readonly id: string; readonly region: string };
  readonly category: Category;
}

/** What a gate judges by. */
export interface GatedImage {
  readonly campaign: Campaign;
  readonly image: ImageFacts;
  readonly family: Family;
  readonly policy: GatePolicy;
}

/** Reads what a gate judges by; an image that is gone by now is a rejection, not an error. */
export const gatedImage = async (
  ports: Pick<Ports, 'table' | 'clock' | 'configuration' | 'images' | 'surroundings'>,
  gate: GateName,
  { campaignId, image: { id, region }, category }: GateTask,
): Promise<GatedImage | { readonly rejected: Verdict }> => {
  const campaign = await getCampaign(ports, campaignId);
  const { families, gates } = ports.configuration();
  const image = await ports.images.find({ account: ports.surroundings().hub.account, region }, id);
  const family = families.find(({ name }) => name === campaign.family);
  if (image && family) return { campaign, image, family, policy: gates.policies[category] };
  const reason = image ? familyGoneReason(campaign.family) : goneReason(id, region);
  return { rejected: verdict(gate, [reason], { imageId: id, region }, ports.clock.now()) };
};
