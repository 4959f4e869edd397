import type { Ports } from '../ports/index.ts';
import { currentImages } from '../store/promotions.ts';
import { stackRecords } from '../store/stack-records.ts';

/** Campaigns whose records are read at most: each is one query of as many pages as it has megabytes. */
const mostCampaigns = 3;

/** Milliseconds from claim to end that each stack took, by its id. */
export type EarlierTimes = ReadonlyMap<string, number>;

/**
 * How long the family's stacks took in the campaigns that have promoted its current images, the newest ones: what nothing
 * else tells before a stack is claimed, since updates and refreshes take as long as templates and load balancers let them.
 */
export const earlierTimes = async (ports: Pick<Ports, 'table'>, family: string): Promise<EarlierTimes> => {
  const promotedAt = new Map<string, string>();
  for await (const { campaignId, at } of currentImages(ports, family))
    if (at > (promotedAt.get(campaignId) ?? '')) promotedAt.set(campaignId, at);
  const newestLast = [...promotedAt].sort(([, left], [, right]) => (left < right ? -1 : 1)).slice(-mostCampaigns);
  const times = new Map<string, number>();
  for (const [campaignId] of newestLast)
    for await (const { stackId, status, claimedAt, endedAt } of stackRecords(ports, campaignId))
      if (status === 'done' && claimedAt !== null && endedAt !== null)
        times.set(stackId, Date.parse(endedAt) - Date.parse(claimedAt));
  return times;
};

/**
 * The stacks with the longest ones first, and before them those that nobody knows: what is begun last is then soon over,
 * and few slots are left idle at the end of a ring. Where nothing is known the order stays.
 */
export const longestFirst = <Stack extends { readonly stackId: string }>(
  stacks: readonly Stack[],
  times: EarlierTimes,
): Stack[] => {
  const timeOf = ({ stackId }: Stack): number => times.get(stackId) ?? Number.MAX_VALUE;
  return stacks.toSorted((left, right) => timeOf(right) - timeOf(left));
};
