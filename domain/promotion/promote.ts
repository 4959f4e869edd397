import { AccessDenied, PromotionFailed } from '../errors.ts';
import type { ParameterFacts } from '../ports/parameters.ts';
import type { Ports } from '../ports/index.ts';
import { schemaVersion, type Campaign, type Promotion } from '../records.ts';
import { changeCampaign, getCampaign, noteDecision } from '../store/campaigns.ts';
import { findPromotion, storeCurrent, storePromotion } from '../store/promotions.ts';
import { targetName } from '../target.ts';
import { imageTags, promotedTag } from '../words.ts';
import { promotionTargets, type PromotionTarget } from './promotion-targets.ts';

type Needs = Pick<Ports, 'table' | 'clock' | 'configuration' | 'images' | 'parameters' | 'surroundings'>;

/** Read right before each write: once the restore has raised the fence, nothing more is promoted. */
const assertRunning = async (ports: Needs, campaignId: string): Promise<void> => {
  const { phase } = await getCampaign(ports, campaignId);
  if (phase !== 'running') throw new PromotionFailed(`campaign ${campaignId} is ${phase}: nothing is promoted`);
};

/** What the target's parameter holds now; a target that lets us read nothing (a suspended account) is left out. */
const readParameter = async (
  { parameters }: Needs,
  target: PromotionTarget,
): Promise<{ readonly now: ParameterFacts | undefined } | { readonly refused: string }> => {
  try {
    return { now: await parameters.find(target, target.parameter) };
  } catch (error) {
    if (error instanceof AccessDenied) return { refused: error.message };
    throw error;
  }
};

/**
 * Writes one target's parameter; the previous value is recorded first. Doing it twice does it once. Gives the reason
 * where the target was left out.
 */
const promoteTarget = async (ports: Needs, campaign: Campaign, target: PromotionTarget): Promise<string | null> => {
  const { campaignId, family } = campaign;
  const known = await findPromotion(ports, { campaignId, target, parameter: target.parameter });
  if (known?.state === 'promoted') return null;
  const read = await readParameter(ports, target);
  if ('refused' in read) return read.refused;
  const { now } = read;
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
  if (now?.value !== target.image) {
    await assertRunning(ports, campaignId);
    await ports.parameters.putImage(target, target.parameter, target.image);
  }
  const done: Promotion = { ...promotion, state: 'promoted' };
  await storePromotion(ports, done);
  await storeCurrent(ports, done);
  return null;
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
    const leftOut: { name: string; reason: string }[] = [];
    for (const target of targets) {
      const refused = await promoteTarget(ports, campaign, target);
      if (refused !== null) leftOut.push({ name: targetName(target), reason: `not promoted there: ${refused}` });
    }
    if (leftOut.length === targets.length)
      throw new PromotionFailed(
        `no target could be reached; first ${leftOut[0]?.name ?? ''}: ${leftOut[0]?.reason ?? ''}`,
      );
    await tagImages(ports, campaign);
    await changeCampaign(
      ports,
      campaignId,
      { phase: 'promoted', conclusion: 'PROMOTED', leftOut: [...campaign.leftOut, ...leftOut] },
      {
        who: 'Promote Image',
        what: 'image promoted',
        why: `${moved} stacks were moved, ${targets.length - leftOut.length} parameters written`,
        evidence: { imageSet: campaign.imageSet },
      },
      { equals: { phase: 'running' } },
    );
    return { promoted: true, parameters: targets.length };
  };
