import { BatchWriteCommand, type BatchWriteCommandInput, type DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { Throttled } from '../../domain/errors.ts';
import type { Attributes, Key } from '../../domain/ports/table.ts';
import { batches } from '../aws/batches.ts';
import { pause, sendToTable } from './dynamo-errors.ts';
import { storedItem } from './dynamo-requests.ts';

const itemsPerCall = 25;
const callsAtOnce = 8;
const attempts = 10;

/**
 * Puts any number of items, 25 a call. What DynamoDB did not get to (`UnprocessedItems`) is sent again after a pause;
 * of several items under one key the last one stays, since DynamoDB refuses a call that names a key twice.
 * {@link https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_BatchWriteItem.html}
 */
export const dynamoPutAll = async (
  documents: DynamoDBDocumentClient,
  table: string,
  items: readonly { readonly key: Key; readonly item: Attributes }[],
): Promise<void> => {
  const what = `BatchWriteItem in table ${table}`;
  const distinct = new Map(items.map((one) => [JSON.stringify([one.key.pk, one.key.sk]), one]));
  const waiting = batches([...distinct.values()], itemsPerCall);

  const putBatch = async (batch: (typeof waiting)[number]): Promise<void> => {
    let left: NonNullable<BatchWriteCommandInput['RequestItems']> = {
      [table]: batch.map(({ key, item }) => ({ PutRequest: { Item: storedItem(key, item) } })),
    };
    for (let attempt = 1; attempt <= attempts; attempt += 1) {
      const RequestItems = left;
      const { UnprocessedItems = {} } = await sendToTable(what, [], () =>
        documents.send(new BatchWriteCommand({ RequestItems })),
      );
      if ((UnprocessedItems[table]?.length ?? 0) === 0) return;
      left = UnprocessedItems;
      await pause(attempt);
    }
    throw new Throttled(`${what} left items unwritten after ${attempts} calls. Try again later`);
  };

  const work = async (): Promise<void> => {
    for (let batch = waiting.shift(); batch !== undefined; batch = waiting.shift()) await putBatch(batch);
  };
  await Promise.all(Array.from({ length: callsAtOnce }, work));
};
