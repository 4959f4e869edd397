import type {
  DeleteCommandInput,
  PutCommandInput,
  QueryCommandInput,
  TransactWriteCommandInput,
  UpdateCommandInput,
} from '@aws-sdk/lib-dynamodb';
import type { Attributes, Changes, Condition, Key, Query, Write } from '../../domain/ports/table.ts';
import { always, conditionExpression } from './condition-expression.ts';
import { decodeCursor } from './cursor.ts';
import { placeholders, type Placeholders } from './placeholders.ts';
import { queryBounds, type Bounds } from './query-bounds.ts';
import { storable } from './storable.ts';
import { updateExpression } from './update-expression.ts';

const conditionOf = (condition: Condition | undefined, put: Placeholders): { ConditionExpression?: string } => {
  const expression = conditionExpression(condition, put);
  return expression === undefined ? {} : { ConditionExpression: expression };
};

/** The item as DynamoDB holds it: its key is part of it. */
export const storedItem = (key: Key, item: Attributes): Record<string, unknown> => ({
  ...(storable({ ...item }) as Record<string, unknown>),
  pk: key.pk,
  sk: key.sk,
});

/** The request that writes a whole item. */
export const putInput = (table: string, key: Key, item: Attributes, condition?: Condition): PutCommandInput => {
  const put = placeholders();
  const expressions = conditionOf(condition, put);
  return { TableName: table, Item: storedItem(key, item), ...expressions, ...put.fields() };
};

/** The request that changes an item's attributes. */
export const updateInput = (table: string, key: Key, changes: Changes, condition?: Condition): UpdateCommandInput => {
  const put = placeholders();
  const UpdateExpression = updateExpression(key, changes, put);
  const expressions = { ...(UpdateExpression !== undefined && { UpdateExpression }), ...conditionOf(condition, put) };
  return { TableName: table, Key: { ...key }, ...expressions, ...put.fields() };
};

/** The request that deletes an item. */
export const deleteInput = (table: string, key: Key, condition?: Condition): DeleteCommandInput => {
  const put = placeholders();
  const expressions = conditionOf(condition, put);
  return { TableName: table, Key: { ...key }, ...expressions, ...put.fields() };
};

type TransactItem = NonNullable<TransactWriteCommandInput['TransactItems']>[number];

/**
 * One write of a transaction. There, unlike in single requests, an update and a check must say something: an update of
 * nothing removes an attribute that no item has.
 */
export const transactItem = (table: string, write: Write): TransactItem => {
  const { key, condition } = write;
  switch (write.kind) {
    case 'put':
      return { Put: putInput(table, key, write.item, condition) };
    case 'update':
      return { Update: { UpdateExpression: 'REMOVE nothing', ...updateInput(table, key, write.changes, condition) } };
    case 'delete':
      return { Delete: deleteInput(table, key, condition) };
    case 'check':
      return { ConditionCheck: { ConditionExpression: always, ...deleteInput(table, key, condition) } };
  }
};

const sortKeyTerm = (bounds: Exclude<Bounds, { kind: 'nothing' }>, name: string, put: Placeholders): string[] => {
  switch (bounds.kind) {
    case 'all':
      return [];
    case 'prefix':
      return [`begins_with(${name}, ${put.value(bounds.prefix)})`];
    case 'upTo':
      return [`${name} <= ${put.value(bounds.upTo)}`];
    case 'between':
      return [`${name} BETWEEN ${put.value(bounds.prefix)} AND ${put.value(bounds.upTo)}`];
  }
};

/** The request for one page; undefined where no sort key can match. */
export const queryInput = (table: string, query: Query): QueryCommandInput | undefined => {
  const bounds = queryBounds(query);
  if (bounds.kind === 'nothing') return undefined;
  const byIndex = query.index === 'byIndex';
  const put = placeholders();
  const terms = [
    `${byIndex ? 'ipk' : 'pk'} = ${put.value(query.partition)}`,
    ...sortKeyTerm(bounds, byIndex ? 'isk' : 'sk', put),
  ];
  return {
    TableName: table,
    KeyConditionExpression: terms.join(' AND '),
    ...put.fields(),
    ScanIndexForward: query.descending !== true,
    // An index of the whole table can be read with eventual consistency only.
    ...(byIndex ? { IndexName: 'byIndex' } : { ConsistentRead: true }),
    ...(query.limit === undefined ? {} : { Limit: query.limit }),
    ...(query.after === undefined ? {} : { ExclusiveStartKey: decodeCursor(query.after, query) }),
  };
};
