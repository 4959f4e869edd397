/** An error a simulated service answers with; the interceptor turns it into the SDK's exception of that service. */
export class SimulatedError extends Error {
  readonly httpStatusCode: number;
  /** Members the modelled exception carries beside its message. */
  readonly extra: Readonly<Record<string, unknown>>;

  constructor(name: string, message: string, httpStatusCode = 400, extra: Readonly<Record<string, unknown>> = {}) {
    super(message);
    this.name = name;
    this.httpStatusCode = httpStatusCode;
    this.extra = extra;
  }
}

/** The error name each service throttles with, and its status. */
const throttlingNames: Readonly<Record<string, readonly [string, number]>> = {
  cloudformation: ['Throttling', 400],
  autoscaling: ['Throttling', 400],
  cloudwatch: ['Throttling', 400],
  sts: ['Throttling', 400],
  ec2: ['RequestLimitExceeded', 503],
  inspector2: ['ThrottlingException', 429],
  lambda: ['TooManyRequestsException', 429],
  s3: ['SlowDown', 503],
};

/** The error name each service refuses with. */
const denialNames: Readonly<Record<string, string>> = {
  ssm: 'AccessDeniedException',
  inspector2: 'AccessDeniedException',
  states: 'AccessDeniedException',
  lambda: 'AccessDeniedException',
  dynamodb: 'AccessDeniedException',
  ec2: 'UnauthorizedOperation',
  sns: 'AuthorizationError',
  imagebuilder: 'ForbiddenException',
  kms: 'AccessDeniedException',
};

/** `Rate exceeded`, under the name the service uses for it. */
export const throttled = (service: string): SimulatedError => {
  const [name, status] = throttlingNames[service] ?? ['ThrottlingException', 400];
  return new SimulatedError(name, service === 'ec2' ? 'Request limit exceeded.' : 'Rate exceeded', status, {
    $retryable: { throttling: true },
  });
};

/** A refusal, under the name the service uses for it. */
export const denied = (service: string, message: string): SimulatedError =>
  new SimulatedError(denialNames[service] ?? 'AccessDenied', message, 403);

/** The error of most CloudFormation complaints. */
export const validationError = (message: string): SimulatedError => new SimulatedError('ValidationError', message);
