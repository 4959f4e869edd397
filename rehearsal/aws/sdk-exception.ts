import { AutoScalingServiceException } from '@aws-sdk/client-auto-scaling';
import { CloudFormationServiceException } from '@aws-sdk/client-cloudformation';
import { CloudWatchServiceException } from '@aws-sdk/client-cloudwatch';
import { DynamoDBServiceException } from '@aws-sdk/client-dynamodb';
import { EC2ServiceException } from '@aws-sdk/client-ec2';
import { ImagebuilderServiceException } from '@aws-sdk/client-imagebuilder';
import { Inspector2ServiceException } from '@aws-sdk/client-inspector2';
import { LambdaServiceException } from '@aws-sdk/client-lambda';
import { S3ServiceException } from '@aws-sdk/client-s3';
import { SFNServiceException } from '@aws-sdk/client-sfn';
import { SNSServiceException } from '@aws-sdk/client-sns';
import { SSMServiceException } from '@aws-sdk/client-ssm';
import { STSServiceException } from '@aws-sdk/client-sts';
import { SimulatedError } from './simulated-error.ts';

const baseClasses = {
  autoscaling: AutoScalingServiceException,
  cloudformation: CloudFormationServiceException,
  cloudwatch: CloudWatchServiceException,
  dynamodb: DynamoDBServiceException,
  ec2: EC2ServiceException,
  imagebuilder: ImagebuilderServiceException,
  inspector2: Inspector2ServiceException,
  lambda: LambdaServiceException,
  s3: S3ServiceException,
  states: SFNServiceException,
  sns: SNSServiceException,
  ssm: SSMServiceException,
  sts: STSServiceException,
} as const;

/**
 * The exception the real client would have thrown: the service's base class with the error's name, which is also what
 * `instanceof` a modelled exception looks at. Anything but a simulated error is passed through.
 */
export const sdkException = (service: string, error: unknown, attempts: number): unknown => {
  if (!(error instanceof SimulatedError)) return error;
  const Base = baseClasses[service as keyof typeof baseClasses] as
    (typeof baseClasses)[keyof typeof baseClasses] | undefined;
  if (Base === undefined) return error;
  const exception = new Base({
    name: error.name,
    message: error.message,
    $fault: error.httpStatusCode >= 500 ? 'server' : 'client',
    $metadata: { httpStatusCode: error.httpStatusCode, attempts },
  });
  return Object.assign(exception, error.extra);
};
