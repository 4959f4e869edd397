import { afterAll, beforeAll, describe, it } from '@jest/globals';
import { CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { dynamoTable } from '../../../adapters/table/dynamo-table.ts';
import type { Table } from '../../../domain/ports/table.ts';
import { hasMotoServer, startMotoServer, type MotoServer } from '../moto-server.ts';
import { tableContract } from './table-contract.ts';
import { tableKeys } from './table-keys.ts';

const createTable = (name: string): CreateTableCommand =>
  new CreateTableCommand({
    TableName: name,
    BillingMode: 'PAY_PER_REQUEST',
    AttributeDefinitions: ['pk', 'sk', 'ipk', 'isk'].map((AttributeName) => ({ AttributeName, AttributeType: 'S' })),
    ...tableKeys,
  });

describe('table in DynamoDB', () => {
  if (!hasMotoServer) {
    it.skip('is not tested against DynamoDB: moto_server is not on the PATH (pip install "moto[server]")', () =>
      undefined);
    return;
  }
  let server: MotoServer;
  let client: DynamoDBClient;
  let table: Table;

  beforeAll(async () => {
    server = await startMotoServer();
    client = new DynamoDBClient({
      endpoint: server.endpoint,
      region: 'eu-west-1',
      credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
      // moto's threads check a condition and write in two steps; DynamoDB does it in one. One request at a time, in the
      // order of sending, is what its writers would see too.
      requestHandler: { httpAgent: { maxSockets: 1 } },
    });
    await client.send(createTable('rollouts'));
    table = dynamoTable('rollouts', client);
  }, 60_000);

  afterAll(async () => {
    client.destroy();
    await server.stop();
  });

  tableContract(
    () => table,
    [
      // moto compares text with numbers in Python, which is a TypeError there; DynamoDB finds such a comparison false.
      'text less than a number',
      // moto undoes a failed transaction by putting the whole table back, and with it what others wrote meanwhile.
      'let exactly one of several win the same number of a chain',
    ],
  );
});
