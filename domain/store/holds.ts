import type { Ports } from '../ports/index.ts';
import { ConditionFailed } from '../ports/table.ts';
import { schemaVersion } from '../records/schema-version.ts';
import type { Wait } from '../records/wait.ts';
import { keys } from './keys.ts';
import { typedItems } from './typed-item.ts';
import { overduePartition, type NewWait } from './waits.ts';

type Table = Pick<Ports, 'table'>;

/** A claim that waits in a group (a target's slots, a busy stack, a halt), in the order of the plan. */
export type Hold = Wait & { readonly group: string; readonly order: number; readonly granted: boolean };

/**
 * Stores that the claim waits in the group. One that waits there already, and was woken in vain, keeps the number of its
 * sweeps and the time of the next: else a long halt would wake every claim of the campaign hour after hour. One that
 * knows when its wait ends is looked at then.
 */
export const storeHold = async ({ table }: Table, group: string, order: number, wait: NewWait): Promise<void> => {
  const key = keys.hold(group, order, wait.stackId ?? '');
  const before = await table.get(key);
  const isSame = before?.['taskToken'] === wait.taskToken && before['key'] === wait.key;
  const again = isSame && wait.context['deadline'] === undefined ? before : undefined;
  await table.put(key, {
    ...wait,
    schemaVersion,
    sweeps: 0,
    group,
    order,
    granted: false,
    ipk: overduePartition,
    isk: `${wait.overdueAt}#${wait.key}`,
    ...(again && {
      sweeps: again['sweeps'],
      isk: again['isk'],
      createdAt: again['createdAt'],
      overdueAt: again['overdueAt'],
    }),
  });
};

export const forgetHold = async ({ table }: Table, group: string, order: number, stackId: string): Promise<void> => {
  await table.delete(keys.hold(group, order, stackId));
};

/** The claims that wait in the group and that nobody has granted yet, first in the plan first. */
export async function* waitingHolds({ table }: Table, group: string): AsyncGenerator<Hold> {
  for await (const hold of typedItems<Hold>(table, { partition: `HOLD#${group}`, limit: 25 })) {
    if (!hold.granted) yield hold;
  }
}

/** Takes a waiting claim, so that exactly one waker wakes it; false where another was faster. */
export const grantHold = async ({ table }: Table, hold: Hold, granted: boolean): Promise<boolean> => {
  try {
    await table.update(
      keys.hold(hold.group, hold.order, hold.stackId ?? ''),
      { set: { granted } },
      { exists: true, equals: { granted: !granted, taskToken: hold.taskToken } },
    );
    return true;
  } catch (error) {
    if (error instanceof ConditionFailed) return false;
    throw error;
  }
};
