import { CfnBudget } from 'aws-cdk-lib/aws-budgets';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { product, productTag } from '../names.ts';

/**
 * Tells when the product itself is about to cost more than planned. It sees costs by the product's tag, which must be
 * activated once as a cost allocation tag in the paying account.
 * {@link https://docs.aws.amazon.com/awsaccountbilling/latest/aboutv2/activating-tags.html}
 */
export class CostBudget extends Construct {
  constructor(scope: Construct, id: string, monthlyUsd: number, topic: ITopic) {
    super(scope, id);
    const tell = (
      notificationType: 'ACTUAL' | 'FORECASTED',
      threshold: number,
    ): CfnBudget.NotificationWithSubscribersProperty => ({
      notification: { notificationType, comparisonOperator: 'GREATER_THAN', threshold, thresholdType: 'PERCENTAGE' },
      subscribers: [{ subscriptionType: 'SNS', address: topic.topicArn }],
    });
    new CfnBudget(this, 'Budget', {
      budget: {
        budgetType: 'COST',
        timeUnit: 'MONTHLY',
        budgetLimit: { amount: monthlyUsd, unit: 'USD' },
        costFilters: { TagKeyValue: [`user:${productTag}$${product}`] },
      },
      notificationsWithSubscribers: [tell('ACTUAL', 80), tell('FORECASTED', 100)],
    });
  }
}
