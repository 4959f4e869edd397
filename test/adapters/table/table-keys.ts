import type { CreateTableCommandInput } from '@aws-sdk/client-dynamodb';

/** Keys and index of the one table, as adapters use them and the hub stack makes them. */
export const tableKeys = {
  KeySchema: [
    { AttributeName: 'pk', KeyType: 'HASH' },
    { AttributeName: 'sk', KeyType: 'RANGE' },
  ],
  GlobalSecondaryIndexes: [
    {
      IndexName: 'byIndex',
      KeySchema: [
        { AttributeName: 'ipk', KeyType: 'HASH' },
        { AttributeName: 'isk', KeyType: 'RANGE' },
      ],
      Projection: { ProjectionType: 'ALL' },
    },
  ],
} satisfies Pick<CreateTableCommandInput, 'KeySchema' | 'GlobalSecondaryIndexes'>;
