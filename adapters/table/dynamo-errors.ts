import { setTimeout } from 'node:timers/promises';
import { Throttled } from '../../domain/errors.ts';
import { ConditionFailed, type Key } from '../../domain/ports/table.ts';
import { domainError } from '../aws/errors.ts';

const attempts = 8;
const firstPauseMilliseconds = 25;
const longestPauseMilliseconds = 1000;

interface Cancelled extends Error {
  readonly CancellationReasons?: readonly { readonly Code?: string }[];
}

const reasonCodes = (error: Error): readonly string[] =>
  error.name === 'TransactionCanceledException'
    ? ((error as Cancelled).CancellationReasons ?? []).map(({ Code = 'None' }) => Code)
    : [];

/** Another write is on the same item, or the partition is hot: nothing was written and a later try may succeed. */
const passing: ReadonlySet<string> = new Set([
  'ProvisionedThroughputExceeded',
  'ThrottlingError',
  'TransactionConflict',
  'TransactionConflictException',
  'TransactionInProgressException',
]);

/** A random pause that doubles with each try, so that those who collided spread out. */
export const pause = (attempt: number): Promise<void> =>
  setTimeout(Math.random() * Math.min(longestPauseMilliseconds, firstPauseMilliseconds * 2 ** attempt));

/**
 * Sends a request to the table: a failed condition becomes ConditionFailed with the key of the first write it belongs
 * to, conflicts with other transactions (which the SDK does not retry) are tried again, the rest is mapped as everywhere.
 * {@link https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TransactWriteItems.html}
 *
 * @param keys - Keys of the writes, in the order of the request.
 */
export const sendToTable = async <Answer>(
  what: string,
  keys: readonly Key[],
  send: () => Promise<Answer>,
): Promise<Answer> => {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await send();
    } catch (thrown) {
      if (!(thrown instanceof Error)) throw thrown;
      const codes = reasonCodes(thrown);
      const failed = thrown.name === 'ConditionalCheckFailedException' ? 0 : codes.indexOf('ConditionalCheckFailed');
      const key = keys[failed];
      if (key !== undefined) throw new ConditionFailed(key, { cause: thrown });
      if (!passing.has(thrown.name) && !codes.some((code) => passing.has(code))) throw domainError(what, thrown);
      if (attempt === attempts) {
        throw new Throttled(`${what} met other writes ${attempts} times: ${thrown.message}. Try again later`, {
          cause: thrown,
        });
      }
      await pause(attempt);
    }
  }
};
