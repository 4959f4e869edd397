import { Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { Effect, PolicyStatement, ServicePrincipal, type Conditions } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import type { Construct } from 'constructs';
import { product } from '../names.ts';
import type { Right } from '../rights/right.ts';

/**
 * The one key of the product: records, plans, messages and dead letters. It is kept when the stack is deleted, as the
 * table and the bucket are that it opens.
 */
export class ProductKey extends Key {
  constructor(scope: Construct, id: string) {
    super(scope, id, {
      alias: product,
      description: 'Records, plans, messages and dead letters of ami-rollout',
      enableKeyRotation: true,
      pendingWindow: Duration.days(30),
      removalPolicy: RemovalPolicy.RETAIN,
    });
    const { account } = Stack.of(this);
    const here = { StringEquals: { 'aws:SourceAccount': account } };
    // Senders of encrypted messages: rules to dead-letter queues, alarms and budgets to the topic.
    this.#letSend('events.amazonaws.com', here);
    this.#letSend('cloudwatch.amazonaws.com', here);
    this.#letSend('budgets.amazonaws.com', here);
  }

  /** The right to use the key by way of one service only: `rightVia('dynamodb')`. */
  rightVia(service: 'dynamodb' | 's3' | 'sns' | 'sqs'): Right {
    const { region } = Stack.of(this);
    return {
      actions: ['kms:Decrypt', 'kms:GenerateDataKey'],
      resources: [this.keyArn],
      conditions: { StringEquals: { 'kms:ViaService': `${service}.${region}.amazonaws.com` } },
    };
  }

  #letSend(service: string, conditions: Conditions): void {
    this.addToResourcePolicy(
      new PolicyStatement({
        effect: Effect.ALLOW,
        principals: [new ServicePrincipal(service)],
        actions: ['kms:Decrypt', 'kms:GenerateDataKey'],
        resources: ['*'],
        conditions,
      }),
    );
  }
}
