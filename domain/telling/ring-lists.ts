import type { Ports } from '../ports/index.ts';
import type { StackRecord } from '../records/stack-record.ts';
import { ringFailures } from '../store/ring-state.ts';
import { stackRecords } from '../store/stack-records.ts';
import { minutesBetween } from './compose.ts';
import { stackLists, type StackLists } from './stack-lists.ts';

type Table = Pick<Ports, 'table'>;

/** From the first claim to the last end; null where nothing was claimed. */
export const minutesOf = (
  records: readonly Pick<StackRecord, 'claimedAt' | 'endedAt'>[],
  now: string,
): number | null => {
  const claimed = records.filter(({ claimedAt }) => claimedAt !== null);
  const first = claimed.map(({ claimedAt }) => claimedAt ?? '').sort()[0];
  const last = claimed
    .map(({ endedAt }) => endedAt ?? now)
    .sort()
    .at(-1);
  return first === undefined ? null : minutesBetween(first, last ?? now);
};

/** The ids of the stacks that the rings count among their failures. */
export const failuresOf = async (
  ports: Table,
  campaignId: string,
  rings: readonly string[],
): Promise<ReadonlySet<string>> =>
  new Set((await Promise.all(rings.map((ring) => ringFailures(ports, campaignId, ring)))).flat());

/** What has become of a ring's stacks, and how long it took. */
export const ringLists = async (
  ports: Pick<Ports, 'table' | 'clock'>,
  campaignId: string,
  ring: string,
): Promise<{ readonly stacks: StackLists; readonly ringMinutes: number | null }> => {
  const records = await Array.fromAsync(stackRecords(ports, campaignId, ring));
  return {
    stacks: stackLists(records, await failuresOf(ports, campaignId, [ring])),
    ringMinutes: minutesOf(records, ports.clock.now().toISOString()),
  };
};
