/**
 * Published prices in US dollars, us-east-1, as of November 2026. A figure of a rehearsal is an estimate: free tiers,
 * discounts and other regions' prices are left out.
 */
export const prices = {
  asOf: '2026-11',
  stepFunctionsTransition: 0.000025,
  lambdaRequest: 0.0000002,
  /** Per GB-second on arm64. */
  lambdaGbSecond: 0.0000133334,
  dynamoWriteUnit: 0.000000625,
  dynamoReadUnit: 0.000000125,
  s3Put: 0.000005,
  s3Get: 0.0000004,
  snsPublish: 0.0000005,
  /** An event that a member account forwards to the hub's bus, or that the product puts there; AWS's own events on the default bus are free. */
  eventBridgeEvent: 0.000001,
  /** A step of an SSM Automation runbook. */
  ssmAutomationStep: 0.002,
  /** A begun minute of an action in a pipeline of type V2; manual approvals are free. */
  codePipelineActionMinute: 0.002,
} as const;
