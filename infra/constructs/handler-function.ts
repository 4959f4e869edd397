import { Duration } from 'aws-cdk-lib';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Architecture, Code, Function, LoggingFormat, Runtime, Tracing } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import { handler, type HandlerName } from '../handlers.ts';
import { functionName, rolePath } from '../names.ts';
import { allow } from '../rights/right.ts';
import { acknowledgeWildcards } from './acknowledge.ts';
import { DeadLetterQueue } from './dead-letter-queue.ts';
import type { ProductKey } from './product-key.ts';
import { ProductLog } from './product-log.ts';

export interface HandlerFunctionProps {
  readonly handler: HandlerName;
  readonly code: Code;
  readonly environment: Readonly<Record<string, string>>;
  readonly key: ProductKey;
  readonly logDays: number;
}

/** How long an event or a queued call is tried before it is a dead letter. */
export const longestDelivery = Duration.hours(6);

/** The function of one handler, with every default there is. Its role can do nothing until it is given rights. */
export class HandlerFunction extends Function {
  readonly handlerName: HandlerName;
  /** Where its failures are kept, if it is one that nobody waits for. */
  readonly failures: DeadLetterQueue | undefined;
  /** The role that it runs as, for the rights it is given. */
  readonly executionRole: Role;

  constructor(scope: Construct, id: string, props: HandlerFunctionProps) {
    const { timeoutSeconds = 300, called = 'state' } = handler(props.handler);
    const name = functionName(props.handler);
    const role = new Role(scope, `${id}Role`, {
      path: rolePath,
      assumedBy: new ServicePrincipal('lambda.amazonaws.com'),
      description: `Runs ${name}`,
    });
    const logGroup = new ProductLog(scope, `${id}Log`, `/aws/lambda/${name}`, props.logDays);
    const failures = called === 'queue' ? new DeadLetterQueue(scope, `${id}Failures`, props.key) : undefined;
    super(scope, id, {
      functionName: name,
      description: `Handler ${props.handler} of ami-rollout`,
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      handler: 'index.handler',
      code: props.code,
      memorySize: 512,
      timeout: Duration.seconds(timeoutSeconds),
      environment: { ...props.environment },
      role,
      logGroup,
      loggingFormat: LoggingFormat.JSON,
      tracing: Tracing.ACTIVE,
      ...(failures === undefined
        ? {}
        : {
            onFailure: { bind: () => ({ destination: failures.queueArn }) },
            retryAttempts: 2,
            maxEventAge: longestDelivery,
          }),
    });
    this.handlerName = props.handler;
    this.failures = failures;
    this.executionRole = role;
    logGroup.grantWrite(role);
    if (failures !== undefined) allow(role, failures.rights());
    acknowledgeWildcards(
      role,
      ['*'],
      'X-Ray knows no resources; what is listed or described has its reason beside it.',
    );
  }
}
