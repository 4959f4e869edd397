import { beforeEach, describe, expect, it } from '@jest/globals';
import {
  BatchWriteCommand,
  DynamoDBDocumentClient,
  PutCommand,
  QueryCommand,
  TransactWriteCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import { dynamoTable } from '../../../adapters/table/dynamo-table.ts';
import { AccessDenied, Throttled } from '../../../domain/errors.ts';
import { ConditionFailed } from '../../../domain/ports/table.ts';
import { sdkError } from '../aws/sessions-for-tests.ts';

const documents = mockClient(DynamoDBDocumentClient);
const table = dynamoTable('rollouts', new DynamoDBClient({ region: 'eu-west-1' }));
const key = { pk: 'P', sk: 'A' };

beforeEach(() => {
  documents.reset();
});

const cancelled = (...codes: string[]): Error =>
  Object.assign(sdkError('TransactionCanceledException'), { CancellationReasons: codes.map((Code) => ({ Code })) });

describe('requests to DynamoDB', () => {
  it('name every attribute and value by a placeholder', async () => {
    documents.on(UpdateCommand).resolves({ Attributes: { ...key } });
    await table.update(
      key,
      { set: { status: 'done' }, remove: ['ttl'], add: { count: 1 }, removeFromSet: { holders: 'a' } },
      { exists: true, or: [{ equals: { status: 'pending' } }, { fewerThan: { holders: 3 } }] },
    );
    expect(documents.commandCalls(UpdateCommand)[0]?.args[0].input).toEqual({
      TableName: 'rollouts',
      Key: key,
      UpdateExpression: 'SET #n0 = :v0 REMOVE #n1 ADD #n2 :v1 DELETE #n3 :v2',
      ConditionExpression: 'attribute_exists(pk) AND (#n0 = :v3 OR (attribute_not_exists(#n3) OR size(#n3) < :v4))',
      ExpressionAttributeNames: { '#n0': 'status', '#n1': 'ttl', '#n2': 'count', '#n3': 'holders' },
      ExpressionAttributeValues: { ':v0': 'done', ':v1': 1, ':v2': new Set(['a']), ':v3': 'pending', ':v4': 3 },
      ReturnValues: 'ALL_NEW',
    });
  });

  it('read by key strongly consistent, and by index not', async () => {
    const ended = { ...key, ipk: 'I', isk: 'a' };
    documents.on(QueryCommand).resolves({ Items: [], LastEvaluatedKey: ended });
    const { next } = await table.query({ partition: 'P', prefix: 'S#', upTo: 'S#5', limit: 2 });
    await table.query({ index: 'byIndex', partition: 'I', upTo: 'x', descending: true, after: next! });
    expect(documents.commandCalls(QueryCommand).map(({ args }) => args[0].input)).toEqual([
      {
        TableName: 'rollouts',
        KeyConditionExpression: 'pk = :v0 AND sk BETWEEN :v1 AND :v2',
        ExpressionAttributeValues: { ':v0': 'P', ':v1': 'S#', ':v2': 'S#5' },
        ScanIndexForward: true,
        ConsistentRead: true,
        Limit: 2,
      },
      {
        TableName: 'rollouts',
        KeyConditionExpression: 'ipk = :v0 AND isk <= :v1',
        ExpressionAttributeValues: { ':v0': 'I', ':v1': 'x' },
        ScanIndexForward: false,
        IndexName: 'byIndex',
        ExclusiveStartKey: ended,
      },
    ]);
  });

  it('refuse a cursor that is none', async () => {
    await expect(table.query({ partition: 'P', after: '???' })).rejects.toThrow('is none of this list');
  });
});

describe('conflicts', () => {
  const writes = [
    { kind: 'put' as const, key, item: {} },
    { kind: 'put' as const, key: { pk: 'P', sk: 'B' }, item: {}, condition: { exists: false } },
  ];

  it('are tried again', async () => {
    documents
      .on(TransactWriteCommand)
      .rejectsOnce(cancelled('None', 'TransactionConflict'))
      .rejectsOnce(sdkError('TransactionInProgressException'))
      .resolves({});
    await table.transact(writes);
    expect(documents.calls()).toHaveLength(3);
    documents.on(PutCommand).rejectsOnce(sdkError('TransactionConflictException')).resolves({});
    await table.put(key, {});
  });

  it('are a failed condition where there is one beside them', async () => {
    documents.on(TransactWriteCommand).rejects(cancelled('TransactionConflict', 'ConditionalCheckFailed'));
    const failed = table.transact(writes);
    await expect(failed).rejects.toBeInstanceOf(ConditionFailed);
    await expect(failed).rejects.toMatchObject({ key: { pk: 'P', sk: 'B' } });
    expect(documents.calls()).toHaveLength(1);
  });

  it('end as throttling', async () => {
    documents.on(TransactWriteCommand).rejects(cancelled('TransactionConflict', 'None'));
    const failed = table.transact(writes);
    await expect(failed).rejects.toBeInstanceOf(Throttled);
    await expect(failed).rejects.toThrow('TransactWriteItems of P / A in table rollouts, P / B in table rollouts');
    expect(documents.calls()).toHaveLength(8);
  }, 15_000);

  it('do not hide other reasons', async () => {
    documents.on(TransactWriteCommand).rejects(cancelled('ValidationError', 'None'));
    await expect(table.transact(writes)).rejects.toMatchObject({ name: 'TransactionCanceledException' });
    documents.on(TransactWriteCommand).rejects(sdkError('AccessDeniedException'));
    await expect(table.transact(writes)).rejects.toBeInstanceOf(AccessDenied);
  });
});

describe('putAll', () => {
  it('sends again what DynamoDB did not get to', async () => {
    const left = { PutRequest: { Item: { pk: 'P', sk: '1' } } };
    documents
      .on(BatchWriteCommand)
      .resolvesOnce({ UnprocessedItems: { rollouts: [left] } })
      .resolves({ UnprocessedItems: {} });
    await table.putAll([
      { key: { pk: 'P', sk: '1' }, item: {} },
      { key: { pk: 'P', sk: '2' }, item: {} },
    ]);
    expect(documents.commandCalls(BatchWriteCommand)[1]?.args[0].input).toEqual({ RequestItems: { rollouts: [left] } });
  });

  it('sends 25 items a call', async () => {
    documents.on(BatchWriteCommand).resolves({});
    await table.putAll(Array.from({ length: 60 }, (_, index) => ({ key: { pk: 'P', sk: `${index}` }, item: {} })));
    const sizes = documents
      .commandCalls(BatchWriteCommand)
      .map(({ args }) => args[0].input.RequestItems?.rollouts?.length);
    expect(sizes).toEqual([25, 25, 10]);
  });

  it('gives up in the end', async () => {
    const UnprocessedItems = { rollouts: [{ PutRequest: { Item: { ...key } } }] };
    documents.on(BatchWriteCommand).resolves({ UnprocessedItems });
    await expect(table.putAll([{ key, item: {} }])).rejects.toBeInstanceOf(Throttled);
  }, 20_000);
});
