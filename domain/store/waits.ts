import type { Ports } from '../ports/index.ts';
import { ConditionFailed, type Write } from '../ports/table.ts';
import { schemaVersion } from '../records/schema-version.ts';
import type { Wait } from '../records/wait.ts';
import { keys } from './keys.ts';
import { typedItem, typedItems } from './typed-item.ts';

type Table = Pick<Ports, 'table'>;

/** All waits that may need the sweep are in this partition of the index, by the time from which they are overdue. */
export const overduePartition = 'OVERDUE';

/** What a caller says of a wait; number of sweeps and version are filled in. */
export type NewWait = Omit<Wait, 'schemaVersion' | 'sweeps'>;

const item = (wait: NewWait) => ({
  ...wait,
  schemaVersion,
  sweeps: 0,
  ipk: overduePartition,
  isk: `${wait.overdueAt}#${wait.key}`,
});

/**
 * The write that stores a task token under the key that the completing event will carry. It replaces an older token of
 * the same wait: a retried task has a new one.
 */
export const waitWrite = (wait: NewWait): Write => ({
  kind: 'put',
  key: keys.wait(wait.key, wait.member),
  item: item(wait),
});

export const storeWait = async ({ table }: Table, wait: NewWait): Promise<void> => {
  await table.put(keys.wait(wait.key, wait.member), item(wait));
};

/**
 * Stores the wait of a campaign's gate and gives since when it is waited for: a retried task replaces the token and keeps
 * the beginning, which its duration and its deadline count from.
 */
export const storeGateWait = async (ports: Table, begin: Date, wait: (since: Date) => NewWait): Promise<Date> => {
  const { key, member, campaignId } = wait(begin);
  const known = await ports.table.get(keys.wait(key, member));
  const before = known && typedItem<Wait>(known);
  const since = before?.campaignId === campaignId ? new Date(before.createdAt) : begin;
  await storeWait(ports, wait(since));
  return since;
};

export const findWait = async ({ table }: Table, key: string, member?: string): Promise<Wait | undefined> => {
  const found = await table.get(keys.wait(key, member));
  return found && typedItem<Wait>(found);
};

/** All that wait for the key. */
export const findWaits = ({ table }: Table, key: string): AsyncGenerator<Wait> =>
  typedItems<Wait>(table, { partition: keys.wait(key).pk });

/** Forgets the wait, unless it has been bound to another token since it was read. */
export const forgetWait = async ({ table }: Table, wait: Pick<Wait, 'key' | 'member' | 'taskToken'>): Promise<void> => {
  try {
    await table.delete(keys.wait(wait.key, wait.member), { equals: { taskToken: wait.taskToken } });
  } catch (error) {
    if (!(error instanceof ConditionFailed)) throw error;
  }
};

/** Waits that are overdue at `now`, longest overdue first. */
export const overdueWaits = (
  { table }: Table,
  now: Date,
): AsyncGenerator<Wait & { readonly pk: string; readonly sk: string }> =>
  typedItems(table, { index: 'byIndex', partition: overduePartition, upTo: `${now.toISOString()}#~` });

/** Longest time between two looks at a claim that waits: whoever should have woken it may have died. */
const longestHoldMinutes = 4 * 60;

/**
 * Lets the sweep look again later: each time twice as long, so that a long wait costs a constant few looks; but no later
 * than the wait's own deadline, and than `mostMinutes` from now.
 */
export const postponeWait = async (
  { table }: Table,
  wait: Wait & { readonly pk: string; readonly sk: string },
  now: Date,
  mostMinutes = wait.kind === 'hold' ? longestHoldMinutes : Infinity,
): Promise<void> => {
  const first = Date.parse(wait.overdueAt) - Date.parse(wait.createdAt);
  const step = Math.min(Math.max(first, 60_000) * 2 ** wait.sweeps, mostMinutes * 60_000);
  const later = new Date(now.getTime() + step).toISOString();
  const { deadline } = wait.context;
  const isAhead = typeof deadline === 'string' && deadline > now.toISOString() && deadline < later;
  const overdueAt = isAhead ? deadline : later;
  try {
    await table.update(
      { pk: wait.pk, sk: wait.sk },
      { set: { isk: `${overdueAt}#${wait.key}`, sweeps: wait.sweeps + 1 } },
      { exists: true, equals: { taskToken: wait.taskToken } },
    );
  } catch (error) {
    if (!(error instanceof ConditionFailed)) throw error;
  }
};
