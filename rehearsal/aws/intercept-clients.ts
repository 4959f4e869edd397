import { AutoScalingClient } from '@aws-sdk/client-auto-scaling';
import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { EC2Client } from '@aws-sdk/client-ec2';
import { ElasticLoadBalancingV2Client } from '@aws-sdk/client-elastic-load-balancing-v2';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { ImagebuilderClient } from '@aws-sdk/client-imagebuilder';
import { Inspector2Client } from '@aws-sdk/client-inspector2';
import { KMSClient } from '@aws-sdk/client-kms';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { OrganizationsClient } from '@aws-sdk/client-organizations';
import { S3Client } from '@aws-sdk/client-s3';
import { SFNClient } from '@aws-sdk/client-sfn';
import { SNSClient } from '@aws-sdk/client-sns';
import { SSMClient } from '@aws-sdk/client-ssm';
import { STSClient } from '@aws-sdk/client-sts';
import { type ClientIdentity, type ClientLike, clientIdentity } from './client-identity.ts';
import { lambdaEnvironment } from './lambda-environment.ts';
import { pause } from './pause.ts';
import { sdkException } from './sdk-exception.ts';
import { isRetryable, retryDelay } from './sdk-retry.ts';
import type { World } from './world.ts';

interface CommandLike {
  readonly constructor: { readonly name: string };
  readonly input: unknown;
}

/** What callers give beside the command. */
interface SendOptions {
  readonly abortSignal?: AbortSignal;
}

type Send = (this: ClientLike, command: CommandLike, options?: SendOptions) => Promise<object>;

/** Gives the request up when its caller does; whatever it has set going in the world goes on. */
const abortable = (request: Promise<object>, signal: AbortSignal | undefined): Promise<object> => {
  if (signal === undefined) return request;
  return new Promise((resolve, reject) => {
    signal.addEventListener('abort', () => reject(new DOMException('Request aborted', 'AbortError')), { once: true });
    request.then(resolve, reject);
  });
};

/** The prototypes that carry `send`: one, unless two versions of @smithy/core are installed. */
const prototypes = (): Set<{ send: Send }> =>
  new Set(
    [
      AutoScalingClient,
      CloudFormationClient,
      CloudWatchClient,
      DynamoDBClient,
      EC2Client,
      ElasticLoadBalancingV2Client,
      EventBridgeClient,
      ImagebuilderClient,
      Inspector2Client,
      KMSClient,
      LambdaClient,
      OrganizationsClient,
      S3Client,
      SFNClient,
      SNSClient,
      SSMClient,
      STSClient,
    ].map((client) => Object.getPrototypeOf(client.prototype) as { send: Send }),
  );

/** Sends one command to the world the way the SDK would: with its retries. */
const sendTo = async (
  world: World,
  identity: ClientIdentity,
  operation: string,
  input: unknown,
): Promise<object & { $metadata: object }> => {
  for (let attempt = 1; ; attempt++) {
    try {
      const output = await world.request(identity, operation, input, attempt);
      return { ...output, $metadata: { httpStatusCode: 200, attempts: attempt } };
    } catch (error) {
      if (!isRetryable(error) || attempt >= identity.maxAttempts) {
        throw sdkException(identity.service, error, attempt);
      }
      await pause(retryDelay(error, attempt - 1, world.retryRandom));
    }
  }
};

/**
 * Puts the world in the place of AWS for every SDK v3 client of this process, existing ones too: `send` is replaced on
 * the clients' common prototype. The SDK's middleware does not run, so its retries are modelled here.
 *
 * @returns what takes the world away again
 */
export const interceptClients = (world: World): (() => void) => {
  const restoreEnvironment = lambdaEnvironment(world.hubRegion);
  const patched = [...prototypes()].map((prototype) => {
    const original: Send = Reflect.get<{ send: Send }, 'send'>(prototype, 'send');
    prototype.send = async function (command, options) {
      const identity = clientIdentity(this);
      const operation = command.constructor.name.replace(/Command$/, '');
      const known = identity instanceof Promise ? await identity : identity;
      return abortable(sendTo(world, known, operation, command.input), options?.abortSignal);
    };
    return () => {
      prototype.send = original;
    };
  });
  return () => {
    for (const undo of patched) undo();
    restoreEnvironment();
  };
};
