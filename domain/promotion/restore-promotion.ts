import { awaitImage } from '../parameters/await-image.ts';
import type { Ports } from '../ports/index.ts';
import type { ParameterFacts } from '../ports/parameters.ts';
import type { Promotion } from '../records/promotion.ts';
import { getCampaign, noteDecision } from '../store/campaigns.ts';
import { promotionsOf, storePromotion, takeBackCurrent } from '../store/promotions.ts';
import { promotedTag } from '../words.ts';
import { eachTarget } from './each-target.ts';

type Needs = Pick<Ports, 'table' | 'clock' | 'parameters' | 'images' | 'surroundings'>;

/**
 * Puts one parameter back if it holds the campaign's image; one that the campaign has made goes away again. True where
 * something was written.
 */
const putBack = async (
  ports: Needs,
  promotion: Promotion,
  now: ParameterFacts | undefined,
  note: typeof noteDecision,
): Promise<boolean> => {
  const { campaignId, parameter, account, region, image, previousImage } = promotion;
  if (now?.value !== image || previousImage === image) return false;
  await note(ports, campaignId, {
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
  const marked: [region: string, id: string][] = [];
  for (const [region, id] of Object.entries(imageSet)) {
    const image = await ports.images.find({ account, region }, id);
    // Only our own mark: another campaign may have promoted the image elsewhere.
    if (image?.tags[promotedTag] === campaignId) marked.push([region, id]);
  }
  if (marked.length === 0) return;
  await noteDecision(ports, campaignId, {
    who: 'Restore Promotion',
    what: `tag ${promotedTag} taken off`,
    why: 'the campaign is being restored',
    evidence: { imageSet: Object.fromEntries(marked) },
  });
  for (const [region, id] of marked) await ports.images.untag({ account, region }, id, { [promotedTag]: campaignId });
};

/** Notes one decision after the other: each entry of a campaign's trail names the one before it. */
const notesInTurn = (): typeof noteDecision => {
  let last: Promise<unknown> = Promise.resolve();
  return (...given) => {
    const next = last.then(() => noteDecision(...given));
    last = next.catch(() => undefined);
    return next;
  };
};

/**
 * The use case behind Restore Promotion, by compare-and-set: parameters that hold the campaign's image get their previous
 * one back, and those that a later promotion or somebody else has written are left alone and reported. Many targets at the
 * same time; one that cannot be put back does not keep the others from going back.
 */
export const restorePromotion =
  (ports: Needs) =>
  async ({ campaignId }: { campaignId: string }) => {
    const all = await Array.fromAsync(promotionsOf(ports, campaignId));
    const open = all.filter(({ state }) => state === 'intended' || state === 'promoted');
    const note = notesInTurn();
    // First, and whatever came of each parameter: one that cannot be put back must not keep the tags.
    if (all.length > 0) await untagImages(ports, campaignId);
    const restored = await eachTarget(
      open,
      async (promotion) => {
        const { parameter, account, region, image, previousImage } = promotion;
        const now = await ports.parameters.find(promotion, parameter);
        const holds = now?.value;
        const isWritten = await putBack(ports, promotion, now, note);
        const isForeign = holds !== undefined && holds !== image && holds !== previousImage;
        const settled: Promotion = { ...promotion, state: isForeign ? 'superseded' : 'restored' };
        await takeBackCurrent(ports, settled);
        await storePromotion(ports, settled);
        return { isWritten, foreign: isForeign ? [`${parameter} in ${account}/${region} holds ${holds}`] : [] };
      },
      { afterFailure: 'goOn' },
    );
    const foreign = restored.flatMap((one) => one.foreign);
    if (foreign.length > 0)
      await noteDecision(ports, campaignId, {
        who: 'Restore Promotion',
        what: `${foreign.length} promotion parameters left alone`,
        why: foreign.join('; '),
      });
    return { parameters: restored.filter(({ isWritten }) => isWritten).length };
  };
