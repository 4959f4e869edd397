import { awaitImage } from '../parameters/await-image.ts';
import type { Ports } from '../ports/index.ts';
import { noteDecision } from '../store/campaigns.ts';
import { promotionsOf, storeCurrent, storePromotion } from '../store/promotions.ts';

type Needs = Pick<Ports, 'table' | 'clock' | 'parameters'>;

/**
 * The use case behind Restore Promotion: parameters that hold our image get their previous one back. A parameter that the
 * campaign created keeps the image id it has, because an SSM parameter of this type cannot be empty; the history says so.
 */
export const restorePromotion =
  (ports: Needs) =>
  async ({ campaignId }: { campaignId: string }) => {
    let parameters = 0;
    const foreign: string[] = [];
    for await (const promotion of promotionsOf(ports, campaignId)) {
      if (promotion.state === 'restored') continue;
      const now = await ports.parameters.find(promotion, promotion.parameter);
      if (
        now?.value === promotion.image &&
        promotion.previousImage !== null &&
        promotion.previousImage !== promotion.image
      ) {
        await noteDecision(ports, campaignId, {
          who: 'Restore Promotion',
          what: `put ${promotion.parameter} back in ${promotion.account}/${promotion.region}`,
          why: 'the campaign is being restored',
          evidence: { from: now.value, to: promotion.previousImage },
        });
        const { parameter, previousImage } = promotion;
        const version = await ports.parameters.putImage(promotion, parameter, previousImage, now.dataType);
        await awaitImage(ports, promotion, parameter, previousImage, version);
        parameters += 1;
      } else if (now && now.value !== promotion.image && now.value !== promotion.previousImage)
        foreign.push(`${promotion.parameter} in ${promotion.account}/${promotion.region} holds ${now.value}`);
      const restored = { ...promotion, state: 'restored' } as const;
      await storePromotion(ports, restored);
      await storeCurrent(ports, restored);
    }
    if (foreign.length > 0)
      await noteDecision(ports, campaignId, {
        who: 'Restore Promotion',
        what: `${foreign.length} promotion parameters left alone`,
        why: foreign.join('; '),
      });
    return { parameters };
  };
