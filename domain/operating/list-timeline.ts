import type { Ports } from '../ports/index.ts';
import type { AuditEntry } from '../records/audit-entry.ts';
import { eventsPartition } from '../store/audit.ts';
import { typedItem } from '../store/typed-item.ts';
import type { Listed } from './page.ts';

/** Which record of which chain something shown by time is. */
export type TimelineLink = Pick<AuditEntry, 'stackId' | 'sequence' | 'hash'>;

/** One page of what is shown of a campaign by time, as links into the chains. */
export const listTimeline =
  ({ table }: Pick<Ports, 'table'>) =>
  async (
    campaignId: string,
    { limit, cursor }: { readonly limit: number; readonly cursor: string | null },
  ): Promise<Listed<TimelineLink>> => {
    const page = await table.query({
      index: 'byIndex',
      partition: eventsPartition(campaignId),
      limit,
      ...(cursor === null ? {} : { after: cursor }),
    });
    const items = page.items.map((item) => {
      const { stackId, sequence, hash } = typedItem<AuditEntry>(item);
      return { stackId, sequence, hash };
    });
    return { items, next: page.next };
  };
