import { prices } from './prices.ts';

/** Operations of one run that AWS bills. */
export interface Billed {
  readonly transitions: number;
  readonly invocations: number;
  readonly lambdaMilliseconds: number;
  readonly memoryMb: number;
  readonly tableReads: number;
  readonly tableWrites: number;
  readonly calls: Readonly<Record<string, number>>;
}

/** What the run's counted operations cost at the published prices, in US dollars. */
export const costUsd = (billed: Billed): number => {
  const { transitions, invocations, lambdaMilliseconds, memoryMb, tableReads, tableWrites, calls } = billed;
  return (
    transitions * prices.stepFunctionsTransition +
    invocations * prices.lambdaRequest +
    (lambdaMilliseconds / 1000) * (memoryMb / 1024) * prices.lambdaGbSecond +
    tableReads * prices.dynamoReadUnit +
    tableWrites * prices.dynamoWriteUnit +
    (calls['s3.PutObject'] ?? 0) * prices.s3Put +
    (calls['s3.GetObject'] ?? 0) * prices.s3Get +
    (calls['sns.Publish'] ?? 0) * prices.snsPublish
  );
};
