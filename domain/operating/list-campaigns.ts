import type { Ports } from '../ports/index.ts';
import type { Campaign } from '../records.ts';
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

/** One page of campaigns. */
export const listCampaigns =
  ({ table }: Pick<Ports, 'table'>) =>
  async ({ state, family, since = null, limit, cursor }: CampaignFilter): Promise<Listed<Campaign>> => {
    const { part, after } = partOf(cursor, state);
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
    if (page.next !== null) return { items, next: `${part}:${page.next}` };
    return { items, next: part === 'running' && state === 'all' ? 'ended:' : null };
  };
