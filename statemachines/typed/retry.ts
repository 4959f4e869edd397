import { Duration } from 'aws-cdk-lib';
import { JitterType, type RetryProps } from 'aws-cdk-lib/aws-stepfunctions';
import type { Contract } from '../../contracts/contract.ts';

/**
 * Trouble of Lambda, not of the task: throttling, service errors, and an invocation that died before it answered.
 *
 * Not in it: `States.TaskFailed` (matches nearly everything), `States.Timeout` (a wait that ran out is an answer), and
 * the names of JavaScript errors (`TypeError`, `Error`): a bug is no better the second time.
 *
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/bp-lambda-serviceexception.html
 */
export const lambdaTransientErrors = [
  'Lambda.ServiceException',
  'Lambda.AWSLambdaException',
  'Lambda.SdkClientException',
  'Lambda.TooManyRequestsException',
  'Lambda.ClientExecutionTimeoutException',
  'Lambda.Unknown',
  'Sandbox.Timedout',
  'Runtime.ExitError',
] as const;

/** Between tries: 2 s, doubled up to a minute, with full jitter, so that the children of a ring do not come back together. */
const backoff = {
  interval: Duration.seconds(2),
  backoffRate: 2,
  maxAttempts: 6,
  maxDelay: Duration.seconds(60),
  jitterStrategy: JitterType.FULL,
} as const satisfies RetryProps;

/** The Retry of a task: Lambda's passing trouble, and each error that its contract calls `retry`. */
export const retryOf = (contract: Contract): RetryProps => {
  if ('ContractViolation' in contract.errors) {
    throw new Error(`${contract.name}: ContractViolation is never retried and needs no declaration.`);
  }
  const passing = Object.keys(contract.errors).filter((name) => contract.errors[name] === 'retry');
  return { errors: [...lambdaTransientErrors, ...passing], ...backoff };
};
