import { prices } from './prices.ts';

/** Operations of one run that AWS bills. */
export interface Billed {
  readonly transitions: number;
  readonly invocations: number;
  readonly lambdaMilliseconds: number;
  readonly memoryMb: number;
  readonly tableReads: number;
  readonly tableWrites: number;
  readonly s3Puts: number;
  readonly s3Gets: number;
  /** Events that member accounts have forwarded. */
  readonly forwardedEvents: number;
  /** The product's own events on the hub's bus. */
  readonly ownEvents: number;
  readonly notifications: number;
}

/** US dollars by service. */
export interface Cost {
  readonly stepFunctions: number;
  readonly lambda: number;
  readonly dynamoDb: number;
  readonly s3: number;
  readonly eventBridge: number;
  readonly sns: number;
}

/** What the run's counted operations cost at the published prices, in US dollars. */
export const costOf = (billed: Billed): Cost => ({
  stepFunctions: billed.transitions * prices.stepFunctionsTransition,
  lambda:
    billed.invocations * prices.lambdaRequest +
    (billed.lambdaMilliseconds / 1000) * (billed.memoryMb / 1024) * prices.lambdaGbSecond,
  dynamoDb: billed.tableReads * prices.dynamoReadUnit + billed.tableWrites * prices.dynamoWriteUnit,
  s3: billed.s3Puts * prices.s3Put + billed.s3Gets * prices.s3Get,
  eventBridge: (billed.forwardedEvents + billed.ownEvents) * prices.eventBridgeEvent,
  sns: billed.notifications * prices.snsPublish,
});

/** All services together. */
export const totalCost = (cost: Cost): number => Object.values<number>({ ...cost }).reduce((sum, one) => sum + one, 0);
