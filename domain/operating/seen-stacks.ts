import type { Ports } from '../ports/index.ts';
import type { AuditEntry } from '../records/audit-entry.ts';
import type { Campaign } from '../records/campaign.ts';
import type { StackRecord } from '../records/stack-record.ts';
import { eventsPartition } from '../store/audit.ts';
import { getStackRecord, stackRecords } from '../store/stack-records.ts';
import { typedItem } from '../store/typed-item.ts';

/** What somebody who looks at a campaign needs of each of its stacks. */
export type SeenStack = Pick<
  StackRecord,
  | 'stackId'
  | 'stackName'
  | 'account'
  | 'region'
  | 'ring'
  | 'status'
  | 'reason'
  | 'instances'
  | 'claimedAt'
  | 'endedAt'
  | 'revision'
>;

/** A campaign's stacks as they were at some time. */
interface Seen {
  readonly planHash: string;
  readonly stacks: Map<string, SeenStack>;
  /** When all of them were read; epoch milliseconds. */
  readonly wholeAt: number;
  /** Up to when changes are known. */
  upTo: number;
}

type Needs = Pick<Ports, 'table' | 'clock'>;

/** Campaigns whose stacks are kept: an operator looks at a few. */
const mostCampaigns = 5;
/** Entries of the trail that are worth following; behind more of them it is cheaper to read all. */
const mostEntries = 500;
/** The index may lag behind, and an entry's time is from before it was written. */
const overlapMilliseconds = 15_000;
/** While a campaign runs, all is read again this often: whatever was missed is not missed for long. */
const wholeEveryMilliseconds = 10 * 60_000;
/** Records that are asked for at once. */
const atOnce = 50;

const seenOf = ({
  stackId,
  stackName,
  account,
  region,
  ring,
  status,
  reason,
  instances,
  claimedAt,
  endedAt,
  revision,
}: StackRecord): SeenStack => ({
  stackId,
  stackName,
  account,
  region,
  ring,
  status,
  reason,
  instances,
  claimedAt,
  endedAt,
  revision,
});

/**
 * The stacks of campaigns that are looked at again and again. Each change of a stack record has its entry in the trail, and
 * the entries lie by time in the table's index: who has read all the records once needs to read those again that have an
 * entry since. Counts are still those of the stack records and of nothing else.
 */
export class SeenStacks {
  readonly #campaigns = new Map<string, Seen>();
  /** Another table behind the same connection is another world. */
  #query: unknown;

  /** The stacks of the campaign, as their records are now. */
  async of(
    ports: Needs,
    campaign: Pick<Campaign, 'campaignId' | 'planHash' | 'endedAt'>,
  ): Promise<readonly SeenStack[]> {
    const query: unknown = Reflect.get(ports.table, 'query');
    if (this.#query !== query) this.#campaigns.clear();
    this.#query = query;
    const { campaignId } = campaign;
    const known = this.#campaigns.get(campaignId);
    const now = ports.clock.now().getTime();
    const isGood = known !== undefined && (await this.#follow(ports, campaign, known, now));
    const seen = isGood ? known : await this.#readAll(ports, campaign, now);
    // The one that was looked at last is the last to be forgotten.
    this.#campaigns.delete(campaignId);
    this.#campaigns.set(campaignId, seen);
    for (const oldest of this.#campaigns.keys()) {
      if (this.#campaigns.size <= mostCampaigns) break;
      this.#campaigns.delete(oldest);
    }
    return [...seen.stacks.values()];
  }

  async #readAll(ports: Needs, { campaignId, planHash }: Pick<Campaign, 'campaignId' | 'planHash'>, now: number) {
    const stacks = new Map<string, SeenStack>();
    for await (const record of stackRecords(ports, campaignId)) stacks.set(record.stackId, seenOf(record));
    return { planHash, stacks, wholeAt: now, upTo: now };
  }

  /** Reads again what has changed; false where all is to be read. */
  async #follow(
    ports: Needs,
    { campaignId, planHash, endedAt }: Pick<Campaign, 'campaignId' | 'planHash' | 'endedAt'>,
    seen: Seen,
    now: number,
  ): Promise<boolean> {
    if (seen.planHash !== planHash || now < seen.upTo) return false;
    // Once after its end; from then on there is nothing to miss.
    const isLast = endedAt !== null && seen.wholeAt > Date.parse(endedAt) + overlapMilliseconds;
    if (!isLast && now - seen.wholeAt >= wholeEveryMilliseconds) return false;
    const { items, next } = await ports.table.query({
      index: 'byIndex',
      partition: eventsPartition(campaignId),
      from: new Date(seen.upTo - overlapMilliseconds).toISOString(),
      // Clocks of writers may be ahead.
      upTo: new Date(now + overlapMilliseconds).toISOString(),
      limit: mostEntries,
    });
    if (next !== null) return false;
    const changed = new Set(items.map((item) => typedItem<AuditEntry>(item).stackId).filter((id) => id !== null));
    const again = [...changed].map((stackId) => seen.stacks.get(stackId));
    // An entry of a stack that was not there comes from a plan that was not seen whole.
    if (again.includes(undefined)) return false;
    for (let begin = 0; begin < again.length; begin += atOnce)
      await Promise.all(
        again.slice(begin, begin + atOnce).map(async (stack) => {
          if (stack === undefined) return;
          const record = await getStackRecord(ports, { campaignId, ring: stack.ring, stackId: stack.stackId });
          const latest = seen.stacks.get(stack.stackId);
          if (latest === undefined || latest.revision <= record.revision)
            seen.stacks.set(stack.stackId, seenOf(record));
        }),
      );
    seen.upTo = Math.max(seen.upTo, now);
    return true;
  }
}
