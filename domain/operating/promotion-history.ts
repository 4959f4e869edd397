import type { Adoption } from '../campaign/adoption.ts';
import type { Ports } from '../ports/index.ts';
import type { Promotion } from '../records/promotion.ts';
import { findCampaign } from '../store/campaigns.ts';
import { currentImages } from '../store/promotions.ts';
import { typedItem } from '../store/typed-item.ts';

/** The family's current image, by environment and target. */
export const currentOf = async (ports: Pick<Ports, 'table'>, family: string): Promise<readonly Promotion[]> =>
  Array.fromAsync(currentImages(ports, family));

/** A promotion with how its campaign has brought the image to the instances; null while nobody knows. */
export type PromotionEntry = Promotion & { readonly adoption: Adoption | null };

/** What was promoted for the family wherever it has a current image, the latest first. */
export const promotionHistory =
  (ports: Pick<Ports, 'table'>) =>
  async (family: string, limit: number): Promise<readonly PromotionEntry[]> => {
    const current = await currentOf(ports, family);
    const pages = await Promise.all(
      current.map(({ environment, account, region }) =>
        ports.table.query({
          index: 'byIndex',
          partition: `PROMOTION#${family}#${environment}#${account}/${region}`,
          descending: true,
          limit,
        }),
      ),
    );
    const latest = pages
      .flatMap(({ items }) => items.map((item) => typedItem<Promotion>(item)))
      .sort((a, b) => (a.at < b.at ? 1 : -1))
      .slice(0, limit);
    const campaigns = new Map(
      await Promise.all(
        [...new Set(latest.map(({ campaignId }) => campaignId))].map(
          async (id) => [id, await findCampaign(ports, id)] as const,
        ),
      ),
    );
    return latest.map((promotion) => ({
      ...promotion,
      adoption: campaigns.get(promotion.campaignId)?.adoption ?? null,
    }));
  };
