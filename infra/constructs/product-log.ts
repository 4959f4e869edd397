import { RemovalPolicy } from 'aws-cdk-lib';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';

/** The period as the CDK names it; the configuration's schema allows no other days than these. */
const periodOf = (days: number): RetentionDays => {
  const found = Object.values(RetentionDays).find((period): period is RetentionDays => Number(period) === days);
  if (found === undefined) throw new Error(`CloudWatch keeps no log for ${days} days: see retention.logDays`);
  return found;
};

/** A log of the product: kept as long as the configuration says, and gone with the stack. */
export class ProductLog extends LogGroup {
  constructor(scope: Construct, id: string, logGroupName: string, days: number) {
    super(scope, id, { logGroupName, retention: periodOf(days), removalPolicy: RemovalPolicy.DESTROY });
  }
}
