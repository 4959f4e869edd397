import { targetName, type Target } from '../target.ts';

/** Targets in work at once: each has a client and a connection of its own in one small function. */
const lanes = 20;

/**
 * Does the work for each item and gives the answers in the order of the items: many targets at the same time, the items of one
 * target one after the other, because AWS allows three PutParameter a second in an account and region. The first failure is
 * thrown once everything that was under way has ended, so that no write outlives the call.
 *
 * @param afterFailure - `stop`: nothing more is begun. `goOn`: the others are done all the same.
 */
export const eachTarget = async <Item extends Target, Answer>(
  items: readonly Item[],
  work: (item: Item) => Promise<Answer>,
  { afterFailure }: { readonly afterFailure: 'stop' | 'goOn' },
): Promise<Answer[]> => {
  const answers = new Map<Item, Answer>();
  const failures: unknown[] = [];
  // All lanes take from this one iterator.
  const queue = Map.groupBy(items, targetName).values();
  const lane = async () => {
    for (let next = queue.next(); next.done !== true; next = queue.next())
      for (const item of next.value) {
        if (afterFailure === 'stop' && failures.length > 0) return;
        try {
          answers.set(item, await work(item));
        } catch (error) {
          failures.push(error);
        }
      }
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  if (failures.length > 0) throw failures[0];
  return items.map((item) => answers.get(item) as Answer);
};
