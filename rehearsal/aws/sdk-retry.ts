import type { Random } from '../scenario/random.ts';
import { sdkRetry } from './model.ts';
import { SimulatedError } from './simulated-error.ts';

const isThrottling = (error: SimulatedError): boolean => error.extra.$retryable !== undefined;

/** Whether the SDK's standard strategy would send the request again: throttling and server errors. */
export const isRetryable = (error: unknown): error is SimulatedError =>
  error instanceof SimulatedError && (isThrottling(error) || error.httpStatusCode >= 500);

/** Exponential backoff with full jitter, as the SDK's `DefaultRetryBackoffStrategy`. */
export const retryDelay = (error: SimulatedError, retries: number, random: Random): number => {
  const base = isThrottling(error) ? sdkRetry.throttlingBaseDelay : sdkRetry.baseDelay;
  return Math.floor(random.next() * Math.min(base * 2 ** retries, sdkRetry.maximumDelay));
};
