import { AccessDenied, RolloutError, ServiceUnavailable, Throttled } from '../../domain/errors.ts';

/**
 * An answer of AWS that only the adapter of the service can judge (`ParameterNotFound`, `ValidationError`, …).
 * It keeps the service's own error name; its message names the operation and the resource.
 */
export class CallRefused extends Error {
  override readonly name: string;

  constructor(what: string, refusal: Error) {
    super(`${what}: ${refusal.message}`, { cause: refusal });
    this.name = refusal.name;
  }
}

/**
 * The services spell throttling in many ways.
 * {@link https://docs.aws.amazon.com/AWSEC2/latest/APIReference/ec2-api-throttling.html}
 */
const throttles = new Set([
  'BandwidthLimitExceeded',
  'EC2ThrottledException',
  'KMSThrottlingException',
  'KmsThrottlingException',
  'PriorRequestNotComplete',
  'ProvisionedThroughputExceededException',
  'RequestLimitExceeded',
  'RequestThrottled',
  'RequestThrottledException',
  'SlowDown',
  'ThrottledException',
  'Throttling',
  'ThrottlingError',
  'ThrottlingException',
  'TooManyRequestsException',
  'TooManyUpdates',
]);

const denials = new Set([
  'AccessDenied',
  'AccessDeniedException',
  'AuthFailure',
  'AuthorizationError',
  'AuthorizationErrorException',
  'Blocked',
  'CredentialsProviderError',
  'ExpiredToken',
  'ExpiredTokenException',
  'IncompleteSignature',
  'InvalidAccessKeyId',
  'InvalidClientTokenId',
  'InvalidSignatureException',
  'KMSAccessDeniedException',
  'KmsAccessDeniedException',
  'MissingAuthenticationToken',
  'NotAuthorized',
  'OptInRequired',
  'PendingVerification',
  'RequestExpired',
  'SignatureDoesNotMatch',
  'UnauthorizedOperation',
  'UnrecognizedClientException',
]);

const outages = new Set([
  'InternalError',
  'InternalFailure',
  'InternalServerError',
  'InternalServiceError',
  'RequestTimeout',
  'RequestTimeoutException',
  'ResourceContentionFault',
  'ResourceContention',
  'ServiceUnavailable',
  'TimeoutError',
  'Unavailable',
]);

const networkCodes = new Set([
  'EAI_AGAIN',
  'ECONNREFUSED',
  'ECONNRESET',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EPIPE',
  'ETIMEDOUT',
]);

interface SdkError extends Error {
  readonly code?: unknown;
  readonly $fault?: 'client' | 'server';
  readonly $metadata?: { readonly httpStatusCode?: number };
  readonly $retryable?: { readonly throttling?: boolean };
}

/** The error as the domain knows it; errors that are no answer of AWS (our own bugs among them) stay as they are. */
export const domainError = (what: string, thrown: unknown): unknown => {
  if (!(thrown instanceof Error) || thrown instanceof RolloutError) return thrown;
  const error: SdkError = thrown;
  const status = error.$metadata?.httpStatusCode ?? 0;
  const options = { cause: error };
  const message = error.message.replace(/\.+$/, '');
  if (throttles.has(error.name) || error.$retryable?.throttling === true || status === 429) {
    return new Throttled(`${what} was throttled: ${message}. Try again later or lower the caps`, options);
  }
  if (denials.has(error.name) || status === 401 || status === 403) {
    return new AccessDenied(
      `${what} was refused: ${message}. Check the role's policy and that the account is in use`,
      options,
    );
  }
  if (outages.has(error.name) || status >= 500 || (typeof error.code === 'string' && networkCodes.has(error.code))) {
    return new ServiceUnavailable(`${what} failed on the side of AWS: ${message}. Try again later`, options);
  }
  return error.$metadata === undefined && error.$fault === undefined ? error : new CallRefused(what, error);
};

/**
 * Makes one call and turns its errors into the domain's.
 *
 * @param what - Operation and resource, for the message: `DescribeImages of ami-1 in 111122223333/eu-west-1`.
 */
export const call = async <Answer>(what: string, send: () => Promise<Answer>): Promise<Answer> => {
  try {
    return await send();
  } catch (error) {
    throw domainError(what, error);
  }
};

/** Whether AWS refused the call with one of these error names. */
export const isRefused = (error: unknown, ...names: readonly string[]): error is CallRefused =>
  error instanceof CallRefused && names.includes(error.name);
