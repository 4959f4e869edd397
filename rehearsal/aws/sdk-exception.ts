import * as autoscaling from '@aws-sdk/client-auto-scaling';
import * as cloudformation from '@aws-sdk/client-cloudformation';
import * as cloudwatch from '@aws-sdk/client-cloudwatch';
import * as dynamodb from '@aws-sdk/client-dynamodb';
import * as ec2 from '@aws-sdk/client-ec2';
import * as imagebuilder from '@aws-sdk/client-imagebuilder';
import * as inspector2 from '@aws-sdk/client-inspector2';
import * as lambda from '@aws-sdk/client-lambda';
import * as organizations from '@aws-sdk/client-organizations';
import * as s3 from '@aws-sdk/client-s3';
import * as states from '@aws-sdk/client-sfn';
import * as events from '@aws-sdk/client-eventbridge';
import * as sns from '@aws-sdk/client-sns';
import * as ssm from '@aws-sdk/client-ssm';
import * as sts from '@aws-sdk/client-sts';
import { SimulatedError } from './simulated-error.ts';

/** What the SDK's exception classes are made from; those of modelled errors bring their name and fault themselves. */
interface ExceptionOptions {
  readonly name: string;
  readonly message: string;
  readonly $fault: 'client' | 'server';
  readonly $metadata: { readonly httpStatusCode: number; readonly attempts: number };
}

type ExceptionClass = new (options: ExceptionOptions) => Error;

/** Each service's exception classes by name, and the base class of all of them. */
const services: Readonly<Record<string, { readonly base: ExceptionClass; readonly classes: object }>> = {
  autoscaling: { base: autoscaling.AutoScalingServiceException, classes: autoscaling },
  cloudformation: { base: cloudformation.CloudFormationServiceException, classes: cloudformation },
  cloudwatch: { base: cloudwatch.CloudWatchServiceException, classes: cloudwatch },
  dynamodb: { base: dynamodb.DynamoDBServiceException, classes: dynamodb },
  ec2: { base: ec2.EC2ServiceException, classes: ec2 },
  events: { base: events.EventBridgeServiceException, classes: events },
  imagebuilder: { base: imagebuilder.ImagebuilderServiceException, classes: imagebuilder },
  inspector2: { base: inspector2.Inspector2ServiceException, classes: inspector2 },
  lambda: { base: lambda.LambdaServiceException, classes: lambda },
  organizations: { base: organizations.OrganizationsServiceException, classes: organizations },
  s3: { base: s3.S3ServiceException, classes: s3 },
  states: { base: states.SFNServiceException, classes: states },
  sns: { base: sns.SNSServiceException, classes: sns },
  ssm: { base: ssm.SSMServiceException, classes: ssm },
  sts: { base: sts.STSServiceException, classes: sts },
};

const isClassOf = (base: ExceptionClass, candidate: unknown): candidate is ExceptionClass =>
  typeof candidate === 'function' && Object.prototype.isPrototypeOf.call(base, candidate);

/**
 * The exception the real client would have thrown: of the modelled class where the SDK has one (`instanceof` looks at the
 * class), else of the service's base class with the error's name. Anything but a simulated error is passed through.
 */
export const sdkException = (service: string, error: unknown, attempts: number): unknown => {
  const found = services[service];
  if (!(error instanceof SimulatedError) || found === undefined) return error;
  const { name, message, httpStatusCode, extra } = error;
  const modelled: unknown = Reflect.get(found.classes, name);
  const Exception = isClassOf(found.base, modelled) ? modelled : found.base;
  const $fault = httpStatusCode >= 500 ? 'server' : 'client';
  return Object.assign(new Exception({ name, message, $fault, $metadata: { httpStatusCode, attempts } }), extra);
};
