import type { Adoption } from '../campaign/adoption.ts';
import type { Ports } from '../ports/index.ts';
import type { Promotion } from '../records/promotion.ts';
import { findCampaign } from '../store/campaigns.ts';
import { currentImages, currentPage } from '../store/promotions.ts';
import { typedItem } from '../store/typed-item.ts';
import { InvalidCursor, type Listed } from './page.ts';

type Table = Pick<Ports, 'table'>;

/** The family's current image, by environment and target. */
export const currentOf = async (ports: Table, family: string): Promise<readonly Promotion[]> =>
  Array.fromAsync(currentImages(ports, family));

/** One page of the family's current images. */
export const listCurrent =
  (ports: Table) =>
  (family: string, page: { readonly limit: number; readonly cursor: string | null }): Promise<Listed<Promotion>> =>
    currentPage(ports, family, page);

/** A promotion with how its campaign has brought the image to the instances; null while nobody knows. */
export type PromotionEntry = Promotion & { readonly adoption: Adoption | null };

/** Where a promotion stands in the history: by time, and where several are of one time by where they are. */
interface Place {
  readonly isk: string;
  readonly where: string;
}

type Stored = Promotion & { readonly isk: string };

const placeOf = ({ isk, environment, account, region }: Stored): Place => ({
  isk,
  where: `${environment}#${account}/${region}`,
});

/** The latest first; of one time by name. */
const order = (a: Place, b: Place): number =>
  a.isk === b.isk ? Number(a.where > b.where) - Number(a.where < b.where) : a.isk < b.isk ? 1 : -1;

const encode = ({ isk, where }: Place): string => Buffer.from(`${isk}\n${where}`).toString('base64url');
const decode = (cursor: string): Place => {
  const [isk = '', where, ...more] = Buffer.from(cursor, 'base64url').toString().split('\n');
  if (!/^\d{4}-[\d-]+T[\d:.]+Z#/.test(isk) || where === undefined || more.length > 0) throw new InvalidCursor();
  return { isk, where };
};

/** One page of what was promoted for the family wherever it has a current image, the latest first. */
export const promotionHistory =
  (ports: Table) =>
  async (
    family: string,
    { limit, cursor }: { readonly limit: number; readonly cursor: string | null },
  ): Promise<Listed<PromotionEntry>> => {
    const after = cursor === null ? null : decode(cursor);
    const current = await currentOf(ports, family);
    const lists = await Promise.all(
      current.map(({ environment, account, region }) =>
        ports.table.query({
          index: 'byIndex',
          partition: `PROMOTION#${family}#${environment}#${account}/${region}`,
          descending: true,
          // One of them may be what the page before has ended with; another one shows that there is more.
          limit: limit + 2,
          ...(after === null ? {} : { upTo: after.isk }),
        }),
      ),
    );
    const found = lists
      .flatMap(({ items }) => items.map((item) => typedItem<Stored>(item)))
      .filter((one) => after === null || order(placeOf(one), after) > 0)
      .sort((a, b) => order(placeOf(a), placeOf(b)));
    const latest = found.slice(0, limit);
    const campaigns = new Map(
      await Promise.all(
        [...new Set(latest.map(({ campaignId }) => campaignId))].map(
          async (id) => [id, await findCampaign(ports, id)] as const,
        ),
      ),
    );
    const last = latest.at(-1);
    return {
      items: latest.map((promotion) => ({
        ...promotion,
        adoption: campaigns.get(promotion.campaignId)?.adoption ?? null,
      })),
      next: last === undefined || found.length <= limit ? null : encode(placeOf(last)),
    };
  };
