import { PromotionFailed } from '../errors.ts';
import type { Ports } from '../ports/index.ts';
import { schemaVersion, type Campaign, type Promotion } from '../records.ts';
import { changeCampaign, getCampaign, noteDecision } from '../store/campaigns.ts';
import { findPromotion, storeCurrent, storePromotion } from '../store/promotions.ts';
import { imageTags } from '../words.ts';
import { promotionTargets, type PromotionTarget } from './promotion-targets.ts';

type Needs = Pick<Ports, 'table' | 'clock' | 'configuration' | 'images' | 'parameters' | 'surroundings'>;

/** Tag on an image that the family's stacks are on. */
export const promotedTag = 'ami-rollout:promoted';

/** Writes one target's parameter; the previous value is recorded first. Doing it twice does it once. */
const promoteTarget = async (ports: Needs, campaign: Campaign, target: PromotionTarget): Promise<void> => {
  const { campaignId, family } = campaign;
  const known = await findPromotion(ports, { campaignId, target, parameter: target.parameter });
  if (known?.state === 'promoted') return;
  const now = await ports.parameters.find(target, target.parameter);
  const promotion: Promotion = known ?? {
    schemaVersion,
    campaignId,
    family,
    environment: target.environment,
    account: target.account,
    region: target.region,
    parameter: target.parameter,
    image: target.image,
    previousImage: now?.value ?? null,
    at: ports.clock.now().toISOString(),
    state: 'intended',
  };
  if (now && now.value !== target.image && now.value !== promotion.previousImage)
    throw new PromotionFailed(
      `SSM parameter ${target.parameter} in ${target.account}/${target.region} was changed to ${now.value} by somebody else`,
    );
  await storePromotion(ports, promotion);
  if (now?.value !== target.image) await ports.parameters.putImage(target, target.parameter, target.image);
  const done: Promotion = { ...promotion, state: 'promoted' };
  await storePromotion(ports, done);
  await storeCurrent(ports, done);
};

const tagImages = async ({ images, surroundings }: Needs, campaign: Campaign): Promise<void> => {
  const { account } = surroundings().hub;
  for (const [region, id] of Object.entries(campaign.imageSet))
    await images.tag({ account, region }, id, {
      [promotedTag]: campaign.campaignId,
      [imageTags.family]: campaign.family,
    });
};

/** The use case behind Promote Image. Nothing is promoted on the word of a campaign that has moved no stack. */
export const promote =
  (ports: Needs) =>
  async ({ campaignId }: { campaignId: string }) => {
    const campaign = await getCampaign(ports, campaignId);
    const { targets, moved } = await promotionTargets(ports, campaign);
    if (campaign.phase === 'promoted' || campaign.phase === 'closed')
      return {
        promoted: campaign.conclusion === 'PROMOTED' || campaign.outcome === 'PROMOTED',
        parameters: targets.length,
      };
    if (campaign.phase !== 'running')
      throw new PromotionFailed(`campaign ${campaignId} is ${campaign.phase}: nothing is promoted`);
    if (moved === 0) {
      await changeCampaign(
        ports,
        campaignId,
        { conclusion: 'UNCHANGED' },
        {
          who: 'Promote Image',
          what: 'nothing promoted',
          why: 'no stack needed the image',
        },
        { equals: { phase: 'running' } },
      );
      return { promoted: false, parameters: 0 };
    }
    await noteDecision(ports, campaignId, {
      who: 'Promote Image',
      what: 'promotion begun',
      why: `${targets.length} parameters will hold the image`,
    });
    for (const target of targets) await promoteTarget(ports, campaign, target);
    await tagImages(ports, campaign);
    await changeCampaign(
      ports,
      campaignId,
      { phase: 'promoted', conclusion: 'PROMOTED' },
      {
        who: 'Promote Image',
        what: 'image promoted',
        why: `${moved} stacks were moved, ${targets.length} parameters written`,
        evidence: { imageSet: campaign.imageSet },
      },
      { equals: { phase: 'running' } },
    );
    return { promoted: true, parameters: targets.length };
  };
