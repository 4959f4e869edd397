import { PromotionFailed } from '../errors.ts';
import type { Ports } from '../ports/index.ts';
import { ConditionFailed, type Condition } from '../ports/table.ts';
import type { Promotion } from '../records/promotion.ts';
import type { Target } from '../target.ts';
import { keys } from './keys.ts';
import { typedItem, typedItems } from './typed-item.ts';

type Table = Pick<Ports, 'table'>;

const keyOf = (promotion: Promotion) => keys.promotion(promotion.campaignId, promotion, promotion.parameter);

/** The family's current images, one for each environment and target. */
export const currentImages = ({ table }: Table, family: string): AsyncGenerator<Promotion> =>
  typedItems<Promotion>(table, { partition: `CURRENT#${family}` });

/** One page of them. */
export const currentPage = async (
  { table }: Table,
  family: string,
  { limit, cursor }: { readonly limit: number; readonly cursor: string | null },
): Promise<{ readonly items: readonly Promotion[]; readonly next: string | null }> => {
  const page = await table.query({
    partition: `CURRENT#${family}`,
    limit,
    ...(cursor === null ? {} : { after: cursor }),
  });
  return { items: page.items.map((item) => typedItem<Promotion>(item)), next: page.next };
};

/** The family's current image in one environment and target, if one was promoted there. */
export const findCurrent = async (
  { table }: Table,
  family: string,
  environment: string,
  target: Target,
): Promise<Promotion | undefined> => {
  const item = await table.get(keys.current(family, environment, target));
  return item && typedItem<Promotion>(item);
};

export const findPromotion = async (
  { table }: Table,
  of: { campaignId: string; target: Target; parameter: string },
): Promise<Promotion | undefined> => {
  const item = await table.get(keys.promotion(of.campaignId, of.target, of.parameter));
  return item && typedItem<Promotion>(item);
};

/** What the campaign has promoted or meant to, by target. */
export const promotionsOf = ({ table }: Table, campaignId: string): AsyncGenerator<Promotion> =>
  typedItems<Promotion>(table, { partition: keys.campaign(campaignId).pk, prefix: 'PROMOTION#' });

/** Found by family and time as history. */
const itemOf = (promotion: Promotion) => ({
  ...promotion,
  ipk: `PROMOTION#${promotion.family}#${promotion.environment}#${promotion.account}/${promotion.region}`,
  isk: `${promotion.at}#${promotion.campaignId}`,
});

/** Records what has become of a promotion. */
export const storePromotion = async ({ table }: Table, promotion: Promotion): Promise<void> => {
  await table.put(keyOf(promotion), itemOf(promotion));
};

/** No restore has dealt with the promotion: what it has recorded is never written over. */
const isOpen: Condition = { or: [{ exists: false }, { oneOf: { state: ['intended', 'promoted'] } }] };

const unlessRestored = async (promotion: Promotion, write: Promise<void>): Promise<void> => {
  const { campaignId, parameter, account, region } = promotion;
  try {
    await write;
  } catch (error) {
    if (!(error instanceof ConditionFailed)) throw error;
    throw new PromotionFailed(
      `SSM parameter ${parameter} in ${account}/${region} is not promoted: campaign ${campaignId} is being restored`,
      { cause: error },
    );
  }
};

/** Written before the parameter: what it held, and what it will hold. */
export const intendPromotion = ({ table }: Table, promotion: Promotion): Promise<void> =>
  unlessRestored(promotion, table.put(keyOf(promotion), itemOf(promotion), isOpen));

/** The parameter shows the image: in one step it is promoted and the family's current one in its target. */
export const settlePromotion = ({ table }: Table, promotion: Promotion): Promise<void> => {
  const done: Promotion = { ...promotion, state: 'promoted' };
  return unlessRestored(
    promotion,
    table.transact([
      { kind: 'put', key: keyOf(done), item: itemOf(done), condition: isOpen },
      { kind: 'put', key: keys.current(done.family, done.environment, done), item: { ...done } },
    ]),
  );
};

/** Makes the promotion the family's current one in its target. */
export const storeCurrent = async ({ table }: Table, promotion: Promotion): Promise<void> => {
  await table.put(keys.current(promotion.family, promotion.environment, promotion), { ...promotion });
};

/** Makes the image before it the current one again, unless a later promotion has put another there. */
export const takeBackCurrent = async ({ table }: Table, promotion: Promotion): Promise<void> => {
  const key = keys.current(promotion.family, promotion.environment, promotion);
  const isOurs = { equals: { image: promotion.image } };
  try {
    if (promotion.previousImage === null) await table.delete(key, isOurs);
    else await table.put(key, { ...promotion, ...promotion.before, image: promotion.previousImage }, isOurs);
  } catch (error) {
    if (!(error instanceof ConditionFailed)) throw error;
  }
};
