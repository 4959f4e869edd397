import { RemovalPolicy } from 'aws-cdk-lib';
import { AttributeType, Billing, ProjectionType, TableEncryptionV2, TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import type { Construct } from 'constructs';
import type { Uses } from '../handlers/handler.ts';
import type { Opens, Right } from '../rights/right.ts';
import type { ProductKey } from './product-key.ts';

const indexName = 'byIndex';

type TableCall = NonNullable<Uses['table']>[number];

/** The action behind each call; a transaction is authorized by the actions of its parts: puts and updates. */
const actions = {
  get: ['dynamodb:GetItem'],
  put: ['dynamodb:PutItem'],
  update: ['dynamodb:UpdateItem'],
  delete: ['dynamodb:DeleteItem'],
  transact: ['dynamodb:PutItem', 'dynamodb:UpdateItem'],
  putAll: ['dynamodb:BatchWriteItem'],
  query: ['dynamodb:Query'],
  queryIndex: [],
} as const satisfies Record<TableCall, readonly string[]>;

/** The product's memory: campaigns, stack records, decisions, waits. Nothing deletes it, the stack's end included. */
export class CampaignTable extends TableV2 implements Opens<Uses['table']> {
  readonly #key: ProductKey;

  constructor(scope: Construct, id: string, key: ProductKey) {
    super(scope, id, {
      partitionKey: { name: 'pk', type: AttributeType.STRING },
      sortKey: { name: 'sk', type: AttributeType.STRING },
      globalSecondaryIndexes: [
        {
          indexName,
          partitionKey: { name: 'ipk', type: AttributeType.STRING },
          sortKey: { name: 'isk', type: AttributeType.STRING },
          projectionType: ProjectionType.ALL,
        },
      ],
      billing: Billing.onDemand(),
      encryption: TableEncryptionV2.customerManagedKey(key),
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      deletionProtection: true,
      removalPolicy: RemovalPolicy.RETAIN,
    });
    this.#key = key;
  }

  /** The table's address, as handlers connect to it. */
  get address(): string {
    return `dynamodb:${this.tableName}`;
  }

  rights(uses: Uses['table'] = []): readonly Right[] {
    if (uses.length === 0) return [];
    return [
      { actions: [...new Set(uses.flatMap((call) => actions[call]))].sort(), resources: [this.tableArn] },
      ...(uses.includes('queryIndex')
        ? [{ actions: ['dynamodb:Query'], resources: [`${this.tableArn}/index/${indexName}`] }]
        : []),
      this.#key.rightVia('dynamodb'),
    ];
  }
}
