import type { Ports } from '../ports/index.ts';
import type { AuditEntry } from '../records/audit-entry.ts';
import { keys } from '../store/keys.ts';
import { typedItem } from '../store/typed-item.ts';
import type { Listed } from './page.ts';

/** One page of a chain of the trail, in its order: the campaign's own, or that of one of its stacks. */
export const listAudit =
  ({ table }: Pick<Ports, 'table'>) =>
  async (of: {
    readonly campaignId: string;
    readonly stackId: string | null;
    readonly limit: number;
    readonly cursor: string | null;
  }): Promise<Listed<AuditEntry>> => {
    const { pk } =
      of.stackId === null ? keys.campaignAudit(of.campaignId, 0) : keys.stackAudit(of.campaignId, of.stackId, 0);
    const page = await table.query({
      partition: pk,
      limit: of.limit,
      ...(of.cursor === null ? {} : { after: of.cursor }),
    });
    return { items: page.items.map((item) => typedItem<AuditEntry>(item)), next: page.next };
  };
