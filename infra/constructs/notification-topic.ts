import { Effect, PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Stack } from 'aws-cdk-lib';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import type { Construct } from 'constructs';
import { eventNames } from '../../contracts/events/names.ts';
import type { Uses } from '../handlers/handler.ts';
import type { Opens, Right } from '../rights/right.ts';
import type { ProductKey } from './product-key.ts';

/** Where people are told: requests for approval, outcomes, alarms, costs. Each address must confirm once. */
export class NotificationTopic extends Topic implements Opens<Uses['notifications']> {
  readonly #key: ProductKey;

  constructor(scope: Construct, id: string, key: ProductKey, emails: readonly string[]) {
    super(scope, id, { displayName: 'ami-rollout', masterKey: key, enforceSSL: true });
    this.#key = key;
    for (const email of emails) this.addSubscription(new EmailSubscription(email));
    this.#letPublish('cloudwatch.amazonaws.com');
    this.#letPublish('budgets.amazonaws.com');
  }

  rights(uses: Uses['notifications'] = []): readonly Right[] {
    return uses.length === 0
      ? []
      : [
          { actions: ['sns:Publish'], resources: [this.topicArn] },
          this.#key.rightVia('sns'),
          {
            actions: ['events:PutEvents'],
            resources: [
              Stack.of(this).formatArn({ service: 'events', resource: 'event-bus', resourceName: 'default' }),
            ],
            conditions: { StringEquals: { 'events:source': eventNames.source } },
          },
        ];
  }

  #letPublish(service: string): void {
    this.addToResourcePolicy(
      new PolicyStatement({
        effect: Effect.ALLOW,
        principals: [new ServicePrincipal(service)],
        actions: ['sns:Publish'],
        resources: [this.topicArn],
        conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(this).account } },
      }),
    );
  }
}
