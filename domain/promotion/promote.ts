import { awaitImage } from '../parameters/await-image.ts';
import { AccessDenied, PromotionFailed } from '../errors.ts';
import { liftRevocation } from '../gating/image-tags/revoke-image.ts';
import type { ParameterFacts } from '../ports/parameters.ts';
import type { Ports } from '../ports/index.ts';
import type { Campaign } from '../records/campaign.ts';
import type { Promotion } from '../records/promotion.ts';
import { schemaVersion } from '../records/schema-version.ts';
import { changeCampaign, getCampaign, noteDecision } from '../store/campaigns.ts';
import { findCurrent, findPromotion, intendPromotion, settlePromotion } from '../store/promotions.ts';
import { targetName } from '../target.ts';
import { imageTags, promotedTag } from '../words.ts';
import { eachTarget } from './each-target.ts';
import { holdPreviousImages } from './hold-previous-images.ts';
import { promotionTargets, type PromotionTarget } from './promotion-targets.ts';

type Needs = Pick<Ports, 'table' | 'clock' | 'configuration' | 'functions' | 'images' | 'parameters' | 'surroundings'>;

/** Of a parameter that the promotion makes: SSM checks that its value is an image. */
const imageDataType = 'aws:ec2:image';

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

/** By which promotion the target came to what its parameter holds now; null: by none that is on record. */
const beforeIn = async (
  ports: Needs,
  family: string,
  target: PromotionTarget,
  image: string | undefined,
): Promise<NonNullable<Promotion['before']> | null> => {
  const current = await findCurrent(ports, family, target.environment, target);
  if (current === undefined || current.image !== image) return null;
  const { campaignId, previousImage, at } = current;
  return { campaignId, previousImage, at };
};

/** What came of one target: left out for a reason, or written and, with a version, perhaps not to be seen yet. */
type Written = { readonly refused: string } | { readonly promotion: Promotion; readonly version: number | null } | null;

/** Writes one target's parameter; the previous value is recorded first. Doing it twice does it once; null: it was done. */
const writeTarget = async (ports: Needs, campaign: Campaign, target: PromotionTarget): Promise<Written> => {
  const { campaignId, family } = campaign;
  const known = await findPromotion(ports, { campaignId, target, parameter: target.parameter });
  if (known?.state === 'promoted') return null;
  const read = await readParameter(ports, target);
  if ('refused' in read) return read;
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
    before: await beforeIn(ports, family, target, now?.value),
    at: ports.clock.now().toISOString(),
    state: 'intended',
  };
  if (now && now.value !== target.image && now.value !== promotion.previousImage)
    throw new PromotionFailed(
      `SSM parameter ${target.parameter} in ${target.account}/${target.region} was changed to ${now.value} by somebody else`,
    );
  await intendPromotion(ports, promotion);
  if (now?.value === target.image) return { promotion, version: null };
  await assertRunning(ports, campaignId);
  const { parameter, image } = target;
  const version = await ports.parameters.putImage(target, parameter, image, now?.dataType ?? imageDataType);
  return { promotion, version };
};

/**
 * Promoted is what readers see: the write of an image is validated after it was answered. A restore that has dealt with the
 * target meanwhile has the last word.
 */
const confirmTarget = async (ports: Needs, promotion: Promotion, version: number | null): Promise<void> => {
  if (version !== null) await awaitImage(ports, promotion, promotion.parameter, promotion.image, version);
  await settlePromotion(ports, promotion);
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
    if (campaign.drill) throw new PromotionFailed(`campaign ${campaignId} is a drill: nothing is promoted`);
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
    // First: once the image is promoted, nothing but the hold keeps the way back.
    await holdPreviousImages(ports, campaign);
    const answers = await eachTarget(targets, (target) => writeTarget(ports, campaign, target), {
      afterFailure: 'stop',
    });
    const leftOut = targets.flatMap((target, index) => {
      const answer = answers[index] ?? null;
      return answer !== null && 'refused' in answer
        ? [{ name: targetName(target), reason: `not promoted there: ${answer.refused}` }]
        : [];
    });
    // All are validated at the same time: the first ones waited for leave little to wait for the others.
    const written = answers.flatMap((answer) =>
      answer !== null && 'promotion' in answer ? [{ ...answer.promotion, version: answer.version }] : [],
    );
    await eachTarget(written, ({ version, ...promotion }) => confirmTarget(ports, promotion, version), {
      afterFailure: 'stop',
    });
    if (leftOut.length === targets.length)
      throw new PromotionFailed(
        `no target could be reached; first ${leftOut[0]?.name ?? ''}: ${leftOut[0]?.reason ?? ''}`,
      );
    await assertRunning(ports, campaignId);
    await tagImages(ports, campaign);
    await liftRevocation(ports, campaign);
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
