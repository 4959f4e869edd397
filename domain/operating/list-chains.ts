import type { Chain } from '../audit/verify-trail.ts';
import type { Ports } from '../ports/index.ts';
import type { AuditEntry } from '../records/audit-entry.ts';
import type { StackRecord } from '../records/stack-record.ts';
import type { ChainHead } from '../store/audit.ts';
import { campaignHead } from '../store/campaigns.ts';
import { keys } from '../store/keys.ts';
import { getStackRecord } from '../store/stack-records.ts';
import { everyCampaign, trailHead } from '../store/trail.ts';
import { typedItem, typedItems } from '../store/typed-item.ts';
import type { Listed } from './page.ts';

type Needs = Pick<Ports, 'table'>;

const looks = 3;

/** A chain and its head are two reads: while somebody writes, they are read again until they belong together. */
const readChain = async (
  { table }: Needs,
  partition: string,
  stackId: string | null,
  readHead: () => Promise<ChainHead>,
): Promise<Chain> => {
  for (let look = 1; ; look += 1) {
    const entries = await Array.fromAsync(typedItems<AuditEntry>(table, { partition }));
    const { sequence, head } = await readHead();
    if (look === looks || entries.at(-1)?.hash === head || (entries.length === 0 && sequence === 0))
      return { stackId, head: { sequence, head }, entries };
  }
};

/**
 * One page of a campaign's chains, each with all of its entries and the head that its record keeps: the campaign's own on
 * the first page, then those of its stacks. `*` is the product's own trail, which has one.
 */
export const listChains =
  (ports: Needs) =>
  async (
    campaignId: string,
    { limit, cursor }: { readonly limit: number; readonly cursor: string | null },
  ): Promise<Listed<Chain> & { readonly outcome: string | null }> => {
    const { pk } = keys.campaignAudit(campaignId, 0);
    if (campaignId === everyCampaign) {
      const items = [await readChain(ports, pk, null, () => trailHead(ports))];
      return { items, next: null, outcome: null };
    }
    const known = await campaignHead(ports, campaignId);
    const own = await (cursor === null && known
      ? readChain(ports, pk, null, async () => (await campaignHead(ports, campaignId)) ?? known)
      : null);
    const page = await ports.table.query({
      partition: keys.campaign(campaignId).pk,
      prefix: 'STACK#',
      limit,
      ...(cursor === null ? {} : { after: cursor }),
    });
    const stacks = page.items.map((item) => typedItem<StackRecord>(item));
    const chains = await Promise.all(
      stacks.map(({ stackId, ring }) =>
        readChain(
          ports,
          keys.stackAudit(campaignId, stackId, 0).pk,
          stackId,
          async () => (await getStackRecord(ports, { campaignId, ring, stackId })).audit,
        ),
      ),
    );
    return { items: [...(own ? [own] : []), ...chains], next: page.next, outcome: known?.outcome ?? null };
  };
