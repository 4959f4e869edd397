import type { Ports } from '../ports/index.ts';
import type { StackRecord } from '../records/stack-record.ts';
import { keys } from '../store/keys.ts';
import type { Planned } from './breach.ts';
import type { StackStatus } from '../words.ts';

export type StatusCounts = Record<StackStatus, number>;

/** How many stacks stand where; every stack is in exactly one of the counts. */
export const countStatuses = (records: readonly Pick<StackRecord, 'status'>[]): StatusCounts => {
  const counts: StatusCounts = {
    pending: 0,
    holding: 0,
    updating: 0,
    verifying: 0,
    done: 0,
    failed: 0,
    skipped: 0,
    restoring: 0,
    restored: 0,
    quarantined: 0,
  };
  for (const { status } of records) counts[status] += 1;
  return counts;
};

/** How many of these stacks there are, in all and by account. */
export const plannedOf = (records: readonly Pick<StackRecord, 'account'>[]): Planned => {
  const byAccount: Record<string, number> = {};
  for (const { account } of records) byAccount[account] = (byAccount[account] ?? 0) + 1;
  return { total: records.length, byAccount };
};

/** How many stacks the plan gave the ring, as Plan Rings noted it. */
export const ringTotal = async (
  { table }: Pick<Ports, 'table'>,
  campaignId: string,
  ring: string,
): Promise<Planned> => {
  const item = await table.get(keys.ring(campaignId, ring));
  return {
    total: Number(item?.['planned'] ?? 0),
    byAccount: (item?.['plannedByAccount'] ?? {}) as Planned['byAccount'],
  };
};
