import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import { ResultWriterV2 } from 'aws-cdk-lib/aws-stepfunctions';
import type { Expr } from './references.ts';
import { renderString } from './render.ts';

/**
 * Writes a map's results to S3, so that they count neither into the parent's payload nor into its history.
 *
 * Adds what the CDK's writer leaves out: the rights on the key of an encrypted bucket.
 */
export class MapResultWriter extends ResultWriterV2 {
  readonly #bucket: IBucket;

  constructor(bucket: IBucket, prefix: Expr<string>) {
    super({ bucket, prefix: renderString(prefix) });
    this.#bucket = bucket;
  }

  override providePolicyStatements(): PolicyStatement[] {
    const key = this.#bucket.encryptionKey;
    const actions = ['kms:Decrypt', 'kms:GenerateDataKey'];
    return [
      ...super.providePolicyStatements(),
      ...(key === undefined ? [] : [new PolicyStatement({ actions, resources: [key.keyArn] })]),
    ];
  }
}
