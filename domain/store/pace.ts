import { Throttled } from '../errors.ts';
import type { Ports } from '../ports/index.ts';
import { ConditionFailed, type Key } from '../ports/table.ts';
import { targetName, type Target } from '../target.ts';
import { keys } from './keys.ts';

/**
 * How often one target may be asked, in milliseconds from one to the next. CloudFormation publishes no rates; these stay
 * below the ones that are commonly seen (DescribeStacks and GetTemplate 5 per second, UpdateStack 1, PutParameter 3). A preview
 * makes a change set, looks at it some times and deletes it; one a second keeps all three low.
 */
const intervals = { claim: 250, update: 1050, preview: 1050, write: 350 } as const;

/** Longest wait inside a task; a target further behind than this is tried again by the machine. */
const mostMilliseconds = 20_000;

/**
 * The next free moment, which is the caller's from now on. Null where it is not before `latest`: then nothing is reserved,
 * or the queue would grow with the retries of those it has sent away.
 */
const reserve = async (table: Ports['table'], key: Key, interval: number, latest: number): Promise<number | null> => {
  try {
    const { nextAt } = await table.update(key, { add: { nextAt: interval } }, { lessThan: { nextAt: latest } });
    return Number(nextAt) - interval;
  } catch (error) {
    if (error instanceof ConditionFailed) return null;
    throw error;
  }
};

/**
 * Reserves the next moment at which the target may be asked, and waits for it. Functions know nothing of each other, so
 * the queue is in the table; waiting a few seconds here is cheaper than being throttled together and retrying together.
 */
export const pace = async (
  { table, clock }: Pick<Ports, 'table' | 'clock'>,
  target: Target,
  what: keyof typeof intervals,
): Promise<void> => {
  const interval = intervals[what];
  const key = keys.pace(target, what);
  const now = clock.now().getTime();
  try {
    await table.update(
      key,
      { set: { nextAt: now + interval } },
      { or: [{ exists: false }, { lessThan: { nextAt: now } }] },
    );
    return;
  } catch (error) {
    if (!(error instanceof ConditionFailed)) throw error;
  }
  const moment = await reserve(table, key, interval, now + mostMilliseconds);
  if (moment === null)
    throw new Throttled(
      `${targetName(target)} has a queue of more than ${mostMilliseconds / 1000} seconds for ${what}s`,
    );
  if (moment > now) await clock.sleep(moment - now);
};
