import { Fenced } from '../errors.ts';
import type { Refresh } from '../ports/groups.ts';
import type { Ports } from '../ports/index.ts';
import type { StackRecord } from '../records/stack-record.ts';
import { changeStack, getStackRecord } from '../store/stack-records.ts';
import type { Direction } from '../words.ts';
import { assertFence } from './fence.ts';

type Needs = Pick<Ports, 'table' | 'clock' | 'configuration' | 'groups'>;

/**
 * Starts replacing a group's instances, if the campaign may still write; in the stack's trail first. On the way back
 * there are no checkpoints: the image that is left is the one known to be good, and every minute on the other one counts.
 */
export const startRefresh = async (
  ports: Needs,
  of: StackRecord,
  direction: Direction,
  groupName: string,
): Promise<Refresh> => {
  const record = await getStackRecord(ports, of);
  await assertFence(ports, record, direction);
  const { refresh } = ports.configuration().stacks;
  const preferences = direction === 'forward' ? refresh : { ...refresh, checkpointPercents: [] };
  await changeStack(
    ports,
    record,
    {},
    {
      who: 'Verify Instances',
      what: `start instance refresh ${direction}`,
      why: `instances of ${groupName} do not run the image that the stack has`,
      evidence: { group: groupName, ...preferences },
    },
  );
  return ports.groups.startRefresh(record, groupName, preferences);
};

/** Ends a refresh that somebody else has started and that may bring another image; in the stack's trail first. */
export const cancelRefresh = async (
  ports: Needs,
  of: StackRecord,
  direction: Direction,
  groupName: string,
): Promise<void> => {
  const record = await getStackRecord(ports, of);
  await assertFence(ports, record, direction);
  await changeStack(
    ports,
    record,
    {},
    {
      who: 'Verify Instances',
      what: 'cancel instance refresh',
      why: `a refresh of ${groupName} that is not ours would keep the restore waiting`,
      evidence: { group: groupName },
    },
  );
  await ports.groups.cancelRefresh(record, groupName);
};

/** What a write gives, or why it was not allowed: an event's handler has nobody to throw that at. */
export const unlessFenced = async <T>(write: () => Promise<T>): Promise<{ did: T } | { fenced: string }> => {
  try {
    return { did: await write() };
  } catch (error) {
    if (error instanceof Fenced) return { fenced: error.message };
    throw error;
  }
};
