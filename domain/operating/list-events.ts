import type { Ports } from '../ports/index.ts';
import type { AuditEntry } from '../records/audit-entry.ts';
import { eventsPartition } from '../store/audit.ts';
import { typedItem } from '../store/typed-item.ts';
import { InvalidCursor, type Listed } from './page.ts';

/** Something that happened in a campaign, to itself or to one of its stacks. */
export interface CampaignEvent {
  readonly at: string;
  readonly who: string;
  readonly what: string;
  readonly why: string;
  readonly stack: { readonly name: string; readonly account: string; readonly region: string } | null;
}

/**
 * Entries are shown when they are this old. They are written by many functions at once and found by time: a reader who
 * goes on from the last entry seen must not miss one that was begun earlier and written later.
 */
const settlingSeconds = 5;

type Stored = AuditEntry & { readonly isk: string };

const encode = (isk: string): string => Buffer.from(isk).toString('base64url');
const decode = (cursor: string): string => {
  const isk = Buffer.from(cursor, 'base64url').toString();
  if (!/^\d{4}-[\d-]+T[\d:.]+Z#[0-9a-f]{0,20}#\d{6}$/.test(isk)) throw new InvalidCursor();
  return isk;
};

/** `arn:aws:cloudformation:REGION:ACCOUNT:stack/NAME/ID` */
const stackOf = (stackId: string | null): CampaignEvent['stack'] => {
  if (stackId === null) return null;
  const [, , , region = '', account = '', path = ''] = stackId.split(':');
  return { name: path.split('/')[1] ?? stackId, account, region };
};

const eventOf = ({ at, who, what, why, stackId }: Stored): CampaignEvent => ({
  at,
  who,
  what,
  why,
  stack: stackOf(stackId),
});

/** Events of a campaign and its stacks by time, after the cursor. The cursor goes on also when nothing is new. */
export const listEvents =
  ({ table, clock }: Pick<Ports, 'table' | 'clock'>) =>
  async (
    campaignId: string,
    { after, limit }: { readonly after: string | null; readonly limit: number },
  ): Promise<Listed<CampaignEvent> & { readonly more: boolean }> => {
    const upTo = new Date(clock.now().getTime() - settlingSeconds * 1000).toISOString();
    const page = await table.query({
      index: 'byIndex',
      partition: eventsPartition(campaignId),
      from: after === null ? '0' : `${decode(after)}!`,
      upTo,
      limit,
    });
    const entries = page.items.map((item) => typedItem<Stored>(item));
    const last = entries.at(-1);
    return {
      items: entries.map(eventOf),
      next: last === undefined ? after : encode(last.isk),
      more: page.next !== null,
    };
  };

/** The last events of a campaign and its stacks, the latest first: for whoever looks, not for whoever goes on from there. */
export const latestEvents =
  ({ table }: Pick<Ports, 'table'>) =>
  async (campaignId: string, limit: number): Promise<readonly CampaignEvent[]> => {
    const partition = eventsPartition(campaignId);
    const { items } = await table.query({ index: 'byIndex', partition, descending: true, limit });
    return items.map((item) => eventOf(typedItem<Stored>(item)));
  };
