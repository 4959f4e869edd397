import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { BlockPublicAccess, Bucket, BucketEncryption, ObjectOwnership, type IBucket } from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import type { Retention } from '../../domain/configuration/retention.ts';
import type { Uses } from '../handlers/handler.ts';
import type { Opens, Right } from '../rights/right.ts';
import type { ProductKey } from './product-key.ts';

/** What both buckets have in common. */
const closed = {
  blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
  enforceSSL: true,
  minimumTLSVersion: 1.2,
  objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
  removalPolicy: RemovalPolicy.RETAIN,
} as const;

/**
 * Inventories, plans, reports and the maps' results. Versioned, because an approval is given for a plan that must not
 * change under it; every access is logged.
 */
export class PlanBucket extends Bucket implements Opens<Uses['planStore']> {
  readonly #key: ProductKey;

  constructor(scope: Construct, id: string, key: ProductKey, retention: Pick<Retention, 'planDays' | 'logDays'>) {
    const accessLog = new Bucket(scope, `${id}AccessLog`, {
      ...closed,
      // The log delivery of S3 writes to buckets with S3's own keys only.
      encryption: BucketEncryption.S3_MANAGED,
      lifecycleRules: [{ expiration: Duration.days(retention.logDays) }],
    });
    super(scope, id, {
      ...closed,
      encryption: BucketEncryption.KMS,
      encryptionKey: key,
      bucketKeyEnabled: true,
      versioned: true,
      lifecycleRules: [
        {
          expiration: Duration.days(retention.planDays),
          noncurrentVersionExpiration: Duration.days(retention.planDays),
          abortIncompleteMultipartUploadAfter: Duration.days(7),
        },
      ],
      serverAccessLogsBucket: accessLog as IBucket,
    });
    this.#key = key;
  }

  rights(uses: Uses['planStore'] = []): readonly Right[] {
    if (uses.length === 0) return [];
    return [
      {
        actions: [
          ...(uses.includes('get') || uses.includes('getText') ? ['s3:GetObject'] : []),
          ...(uses.includes('put') || uses.includes('putText') ? ['s3:PutObject'] : []),
        ],
        resources: [this.arnForObjects('campaigns/*')],
        because: 'Each campaign writes documents of its own under this prefix.',
      },
      this.#key.rightVia('s3'),
    ];
  }
}
