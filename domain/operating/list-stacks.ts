import type { Ports } from '../ports/index.ts';
import type { StackRecord } from '../records/stack-record.ts';
import { keys } from '../store/keys.ts';
import { typedItem } from '../store/typed-item.ts';
import type { Listed } from './page.ts';

/** Which stacks of a campaign to list. Null: all. A page may be shorter than its limit where it is filtered by status. */
export interface StackFilter {
  readonly ring: string | null;
  readonly status: StackRecord['status'] | null;
  readonly limit: number;
  readonly cursor: string | null;
}

/** One page of a campaign's stack records. */
export const listStacks =
  ({ table }: Pick<Ports, 'table'>) =>
  async (campaignId: string, { ring, status, limit, cursor }: StackFilter): Promise<Listed<StackRecord>> => {
    const page = await table.query({
      partition: keys.campaign(campaignId).pk,
      prefix: ring === null ? 'STACK#' : `STACK#${ring}#`,
      limit,
      ...(cursor === null ? {} : { after: cursor }),
    });
    const records = page.items.map((item) => typedItem<StackRecord>(item));
    return { items: records.filter((record) => status === null || record.status === status), next: page.next };
  };
