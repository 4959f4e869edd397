import type { Ports } from '../ports/index.ts';
import type { StackRecord } from '../records/stack-record.ts';
import { keys } from '../store/keys.ts';
import { getStackRecord } from '../store/stack-records.ts';
import { typedItem } from '../store/typed-item.ts';
import { InvalidCursor, type Listed } from './page.ts';
import type { SeenStack } from './seen-stacks.ts';

/** Which stacks of a campaign to list. Null: all. */
export interface StackFilter {
  readonly ring: string | null;
  readonly status: StackRecord['status'] | null;
  readonly limit: number;
  readonly cursor: string | null;
}

const encode = (sk: string): string => Buffer.from(sk).toString('base64url');
const decode = (cursor: string): string => {
  const sk = Buffer.from(cursor, 'base64url').toString();
  if (!/^STACK#[\w-]+#[0-9a-f]{20}$/.test(sk)) throw new InvalidCursor();
  return sk;
};

/** The records of a page of those stacks that have a status: the table has no order by it, so the stacks are known before. */
const withStatus = async (
  ports: Pick<Ports, 'table'>,
  campaignId: string,
  { ring, status, limit, cursor }: StackFilter,
  stacks: readonly SeenStack[],
): Promise<Listed<StackRecord>> => {
  const after = cursor === null ? '' : decode(cursor);
  const fitting = stacks
    .filter((one) => one.status === status && (ring === null || one.ring === ring))
    .map((one) => ({ ...one, campaignId, sk: keys.stack(campaignId, one.ring, one.stackId).sk }))
    .filter(({ sk }) => sk > after)
    .sort((a, b) => (a.sk < b.sk ? -1 : 1));
  const page = fitting.slice(0, limit);
  const records = await Promise.all(page.map((one) => getStackRecord(ports, one)));
  const last = page.at(-1);
  return {
    items: records.filter((record) => record.status === status),
    next: last === undefined || fitting.length <= limit ? null : encode(last.sk),
  };
};

/**
 * One page of a campaign's stack records.
 *
 * @param stacks - All stacks of the campaign; asked for where only those with a status are wanted.
 */
export const listStacks =
  (ports: Pick<Ports, 'table'>) =>
  async (
    campaignId: string,
    filter: StackFilter,
    stacks: () => Promise<readonly SeenStack[]>,
  ): Promise<Listed<StackRecord>> => {
    const { ring, status, limit, cursor } = filter;
    if (status !== null) return withStatus(ports, campaignId, filter, await stacks());
    const { table } = ports;
    const page = await table.query({
      partition: keys.campaign(campaignId).pk,
      prefix: ring === null ? 'STACK#' : `STACK#${ring}#`,
      limit,
      ...(cursor === null ? {} : { after: cursor }),
    });
    return { items: page.items.map((item) => typedItem<StackRecord>(item)), next: page.next };
  };
