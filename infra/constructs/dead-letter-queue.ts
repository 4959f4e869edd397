import { Duration } from 'aws-cdk-lib';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import type { Opens, Right } from '../rights/right.ts';
import { acknowledge } from './acknowledge.ts';
import type { ProductKey } from './product-key.ts';

/**
 * Keeps what a function could not take: events that its rules could not deliver and invocations that failed for good.
 * Two weeks are left to mend the cause and send them again. Encrypted by the product's key: a queued claim carries its
 * task token.
 */
export class DeadLetterQueue extends Queue implements Opens<void> {
  readonly #key: ProductKey;

  constructor(scope: Construct, id: string, key: ProductKey) {
    super(scope, id, {
      encryption: QueueEncryption.KMS,
      encryptionMasterKey: key,
      enforceSSL: true,
      retentionPeriod: Duration.days(14),
    });
    acknowledge(this, 'SQS3', 'It is a dead-letter queue: rules and functions send to it what failed.');
    this.#key = key;
  }

  /** The right to send to it. */
  rights(): readonly Right[] {
    return [{ actions: ['sqs:SendMessage'], resources: [this.queueArn] }, this.#key.rightVia('sqs')];
  }
}
