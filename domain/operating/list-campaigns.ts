import type { Ports } from '../ports/index.ts';
import type { Campaign } from '../records/campaign.ts';
import { typedItem } from '../store/typed-item.ts';
import { InvalidCursor, type Listed } from './page.ts';

/** Which campaigns to list: those without an outcome come first, then the others, the latest start first in both. */
export interface CampaignFilter {
  readonly state: 'running' | 'ended' | 'all';
  /** Null: every family. A page may then be shorter than its limit. */
  readonly family: string | null;
  /** ISO 8601; only those that were started then or later. Null: all. */
  readonly since?: string | null;
  readonly limit: number;
  readonly cursor: string | null;
}

const partitions = { running: 'OPEN', ended: 'CAMPAIGNS' } as const;
type Part = keyof typeof partitions;

const partOf = (cursor: string | null, state: CampaignFilter['state']): { part: Part; after: string | null } => {
  if (cursor === null) return { part: state === 'ended' ? 'ended' : 'running', after: null };
  const [, part, after = ''] = /^(running|ended):([\w-]*)$/.exec(cursor) ?? [];
  if (part === undefined) throw new InvalidCursor();
  return { part: part as Part, after: after === '' ? null : after };
};

/** Queries for one page at most; a family without campaigns among thousands of others is not worth more. */
const mostQueries = 10;

/** One page of campaigns. It is empty only where none is left, or none of the family among very many. */
export const listCampaigns =
  ({ table }: Pick<Ports, 'table'>) =>
  async ({ state, family, since = null, limit, cursor }: CampaignFilter): Promise<Listed<Campaign>> => {
    let { part, after } = partOf(cursor, state);
    for (let queries = 1; ; queries += 1) {
      const page = await table.query({
        index: 'byIndex',
        partition: partitions[part],
        descending: true,
        limit,
        ...(since === null ? {} : { from: since, upTo: '~' }),
        ...(after === null ? {} : { after }),
      });
      const items = page.items
        .map((item) => typedItem<Campaign>(item))
        .filter((campaign) => family === null || campaign.family === family);
      const isLast = page.next === null && (part === 'ended' || state !== 'all');
      if (isLast) return { items, next: null };
      [part, after] = page.next === null ? (['ended', null] as const) : ([part, page.next] as const);
      if (items.length > 0 || queries === mostQueries) return { items, next: `${part}:${after ?? ''}` };
    }
  };
