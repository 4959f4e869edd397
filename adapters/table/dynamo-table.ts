import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import {
  DeleteCommand,
  DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  QueryCommand,
  TransactWriteCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';
import type { Attributes, Key, Table } from '../../domain/ports/table.ts';
import { checkTransaction } from './check-transaction.ts';
import { encodeCursor } from './cursor.ts';
import { dynamoPutAll } from './dynamo-put-all.ts';
import { sendToTable } from './dynamo-errors.ts';
import { deleteInput, putInput, queryInput, transactItem, updateInput } from './dynamo-requests.ts';

/**
 * The table in DynamoDB: keys `pk` and `sk`, and a global index `byIndex` on `ipk` and `isk` with all attributes.
 *
 * Standard retries, not adaptive ones: DynamoDB throttles a hot partition, and to slow down all the others for it would
 * make it worse. A conditional write whose answer was lost is sent again by the SDK and then fails its own condition;
 * callers treat ConditionFailed as "look again", so that this does no harm.
 * {@link https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Programming.Errors.html}
 */
export const dynamoTable = (
  name: string,
  client: DynamoDBClient = new DynamoDBClient({ maxAttempts: 8, retryMode: 'standard' }),
): Table => {
  const documents = DynamoDBDocumentClient.from(client, { marshallOptions: { removeUndefinedValues: true } });
  const at = ({ pk, sk }: Key): string => `${pk} / ${sk} in table ${name}`;

  return {
    get: async (key) => {
      const { Item } = await sendToTable(`GetItem of ${at(key)}`, [], () =>
        documents.send(new GetCommand({ TableName: name, Key: { ...key }, ConsistentRead: true })),
      );
      return Item;
    },

    put: async (key, item, condition) => {
      await sendToTable(`PutItem of ${at(key)}`, [key], () =>
        documents.send(new PutCommand(putInput(name, key, item, condition))),
      );
    },

    update: async (key, changes, condition) => {
      const { Attributes: after } = await sendToTable(`UpdateItem of ${at(key)}`, [key], () =>
        documents.send(new UpdateCommand({ ...updateInput(name, key, changes, condition), ReturnValues: 'ALL_NEW' })),
      );
      return (after ?? {}) as Attributes;
    },

    delete: async (key, condition) => {
      await sendToTable(`DeleteItem of ${at(key)}`, [key], () =>
        documents.send(new DeleteCommand(deleteInput(name, key, condition))),
      );
    },

    transact: async (writes) => {
      checkTransaction(writes);
      if (writes.length === 0) return;
      const keys = writes.map(({ key }) => key);
      await sendToTable(`TransactWriteItems of ${writes.map(({ key }) => at(key)).join(', ')}`, keys, () =>
        documents.send(new TransactWriteCommand({ TransactItems: writes.map((write) => transactItem(name, write)) })),
      );
    },

    putAll: (items) => dynamoPutAll(documents, name, items),

    query: async (query) => {
      const input = queryInput(name, query);
      if (input === undefined) return { items: [], next: null };
      const { Items = [], LastEvaluatedKey } = await sendToTable(
        `Query of ${query.partition} in table ${name}`,
        [],
        () => documents.send(new QueryCommand(input)),
      );
      return { items: Items, next: LastEvaluatedKey === undefined ? null : encodeCursor(LastEvaluatedKey) };
    },
  };
};
