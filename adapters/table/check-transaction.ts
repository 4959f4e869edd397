import type { Write } from '../../domain/ports/table.ts';

const mostWrites = 100;

/**
 * Refuses a transaction that DynamoDB would refuse.
 * {@link https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TransactWriteItems.html}
 */
export const checkTransaction = (writes: readonly Write[]): void => {
  if (writes.length > mostWrites) {
    throw new Error(`a transaction has at most ${mostWrites} writes, not ${writes.length}: split it`);
  }
  const seen = new Set<string>();
  for (const { key } of writes) {
    const name = JSON.stringify([key.pk, key.sk]);
    if (seen.has(name)) throw new Error(`a transaction writes ${key.pk} / ${key.sk} twice: put it into one write`);
    seen.add(name);
  }
};
