import { describe, expect, it } from '@jest/globals';
import { InvalidCursor } from '../../../domain/operating/page.ts';
import { listCurrent, promotionHistory } from '../../../domain/operating/promotion-history.ts';
import { settlePromotion } from '../../../domain/store/promotions.ts';
import { aPromotion } from '../fakes/promotion.ts';
import { aWorld, type World } from '../fakes/world.ts';

/** Three campaigns, one a day, each in three places at the same second. */
const seed = async (): Promise<World> => {
  const world = aWorld();
  for (const day of [1, 2, 3])
    for (const region of ['eu-west-1', 'us-east-1', 'ap-south-1'])
      await settlePromotion(
        world,
        aPromotion({ campaignId: `campaign-${day}`, region, at: `2026-11-0${day}T12:00:00.000Z` }),
      );
  return world;
};

const pagesOf = async (world: World, limit: number): Promise<string[][]> => {
  const found: string[][] = [];
  let cursor: string | null = null;
  do {
    const page = await promotionHistory(world)('al2023-base', { limit, cursor });
    found.push(page.items.map(({ campaignId, region }) => `${campaignId} ${region}`));
    cursor = page.next;
  } while (cursor !== null);
  return found;
};

describe('promotionHistory', () => {
  it.each([1, 2, 3, 4, 8, 9, 200])('has each promotion once, the latest first, in pages of %i', async (limit) => {
    const pages = await pagesOf(await seed(), limit);
    const regions = ['ap-south-1', 'eu-west-1', 'us-east-1'];
    expect(pages.flat()).toEqual([3, 2, 1].flatMap((day) => regions.map((region) => `campaign-${day} ${region}`)));
    expect(pages.every(({ length }) => length > 0 && length <= limit)).toBe(true);
  });

  it.each(['nonsense', Buffer.from('2026-11-01T12:00:00.000Z#x').toString('base64url')])(
    'refuses the cursor %s, which is none of its own',
    async (cursor) => {
      await expect(promotionHistory(aWorld())('al2023-base', { limit: 1, cursor })).rejects.toThrow(InvalidCursor);
    },
  );
});

describe('listCurrent', () => {
  it('has the image of each place once, page by page', async () => {
    const world = await seed();
    const found: string[] = [];
    let cursor: string | null = null;
    do {
      const page = await listCurrent(world)('al2023-base', { limit: 2, cursor });
      found.push(...page.items.map(({ campaignId, region }) => `${campaignId} ${region}`));
      cursor = page.next;
    } while (cursor !== null);
    expect(found.sort()).toEqual(['campaign-3 ap-south-1', 'campaign-3 eu-west-1', 'campaign-3 us-east-1']);
  });
});
