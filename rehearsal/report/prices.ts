/**
 * Published prices in US dollars, us-east-1. A figure of a rehearsal is an estimate: free tiers, discounts and other regions'
 * prices are left out. Looked at again on `asOf`: Step Functions and CodePipeline on AWS's own pages as they were stored, Lambda,
 * S3, SNS and EventBridge in articles of 2026 that quote them, DynamoDB in one of 2025. The price of a step of Systems Manager
 * Automation was found in neither and is the one known before.
 * https://aws.amazon.com/step-functions/pricing/ https://aws.amazon.com/lambda/pricing/ https://aws.amazon.com/s3/pricing/
 * https://aws.amazon.com/dynamodb/pricing/on-demand/ https://aws.amazon.com/eventbridge/pricing/ https://aws.amazon.com/sns/pricing/
 * https://aws.amazon.com/codepipeline/pricing/ https://aws.amazon.com/systems-manager/pricing/
 */
export const prices = {
  asOf: '2026-11-22',
  stepFunctionsTransition: 0.000025,
  lambdaRequest: 0.0000002,
  /** Per GB-second on arm64. */
  lambdaGbSecond: 0.0000133334,
  /** On demand, halved by AWS in November 2024; many pages still show the old price. */
  dynamoWriteUnit: 0.000000625,
  dynamoReadUnit: 0.000000125,
  s3Put: 0.000005,
  s3Get: 0.0000004,
  /** A publication; a mail costs $2 for 100,000 on top, and a campaign sends a handful. */
  snsPublish: 0.0000005,
  /** An event that a member account forwards to the hub's bus, or that the product puts there; AWS's own events on the default bus are free. */
  eventBridgeEvent: 0.000001,
  /** A step of an SSM Automation runbook. */
  ssmAutomationStep: 0.002,
  /** A begun minute of an action in a pipeline of type V2; manual approvals are free. */
  codePipelineActionMinute: 0.002,
} as const;
