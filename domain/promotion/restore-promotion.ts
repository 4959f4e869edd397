import { awaitImage } from '../parameters/await-image.ts';
import type { Ports } from '../ports/index.ts';
import type { ParameterFacts } from '../ports/parameters.ts';
import type { Promotion } from '../records.ts';
import { getCampaign, noteDecision } from '../store/campaigns.ts';
import { promotionsOf, storePromotion, takeBackCurrent } from '../store/promotions.ts';
import { promotedTag } from '../words.ts';

type Needs = Pick<Ports, 'table' | 'clock' | 'parameters' | 'images' | 'surroundings'>;

/**
 * Puts one parameter back if it holds the campaign's image; one that the campaign has made goes away again. True where
 * something was written.
 */
const putBack = async (ports: Needs, promotion: Promotion, now: ParameterFacts | undefined): Promise<boolean> => {
  const { campaignId, parameter, account, region, image, previousImage } = promotion;
  if (now?.value !== image || previousImage === image) return false;
  await noteDecision(ports, campaignId, {
    who: 'Restore Promotion',
    what: `${previousImage === null ? 'take' : 'put'} ${parameter} ${previousImage === null ? 'away' : 'back'} in ${account}/${region}`,
    why: 'the campaign is being restored',
    evidence: { from: now.value, to: previousImage },
  });
  if (previousImage === null) {
    await ports.parameters.remove(promotion, parameter);
    return true;
  }
  const version = await ports.parameters.putImage(promotion, parameter, previousImage, now.dataType);
  await awaitImage(ports, promotion, parameter, previousImage, version);
  return true;
};

/** The image is not the family's any more. What it has replaced stays held: that is current again. */
const untagImages = async (ports: Needs, campaignId: string): Promise<void> => {
  const { imageSet } = await getCampaign(ports, campaignId);
  const { account } = ports.surroundings().hub;
  await noteDecision(ports, campaignId, {
    who: 'Restore Promotion',
    what: `tag ${promotedTag} taken off`,
    why: 'the campaign is being restored',
    evidence: { imageSet },
  });
  for (const [region, id] of Object.entries(imageSet)) {
    // Only our own mark: another campaign may have promoted the image elsewhere.
    if (await ports.images.find({ account, region }, id))
      await ports.images.untag({ account, region }, id, { [promotedTag]: campaignId });
  }
};

/**
 * The use case behind Restore Promotion, by compare-and-set: parameters that hold the campaign's image get their previous
 * one back, and those that a later promotion or somebody else has written are left alone and reported.
 */
export const restorePromotion =
  (ports: Needs) =>
  async ({ campaignId }: { campaignId: string }) => {
    let parameters = 0;
    const foreign: string[] = [];
    let settledAny = false;
    for await (const promotion of promotionsOf(ports, campaignId)) {
      // Whatever came of each: a retry that finds them settled has perhaps not come to the tags yet.
      settledAny = true;
      if (promotion.state === 'restored' || promotion.state === 'superseded') continue;
      const { parameter, account, region, image, previousImage } = promotion;
      const now = await ports.parameters.find(promotion, parameter);
      const holds = now?.value;
      if (await putBack(ports, promotion, now)) parameters += 1;
      const isForeign = holds !== undefined && holds !== image && holds !== previousImage;
      if (isForeign) foreign.push(`${parameter} in ${account}/${region} holds ${holds}`);
      const settled: Promotion = { ...promotion, state: isForeign ? 'superseded' : 'restored' };
      await takeBackCurrent(ports, settled);
      await storePromotion(ports, settled);
    }
    if (settledAny) await untagImages(ports, campaignId);
    if (foreign.length > 0)
      await noteDecision(ports, campaignId, {
        who: 'Restore Promotion',
        what: `${foreign.length} promotion parameters left alone`,
        why: foreign.join('; '),
      });
    return { parameters };
  };
