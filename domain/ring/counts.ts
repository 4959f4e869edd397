import type { Ports } from '../ports/index.ts';
import type { StackRecord } from '../records.ts';
import { keys } from '../store/keys.ts';
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

/** How many stacks the plan gave the ring, as Plan Rings noted it. */
export const ringTotal = async ({ table }: Pick<Ports, 'table'>, campaignId: string, ring: string): Promise<number> =>
  Number((await table.get(keys.ring(campaignId, ring)))?.['planned'] ?? 0);
