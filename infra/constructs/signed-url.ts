import { Effect, ManagedPolicy, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { FunctionUrlAuthType, type FunctionUrl } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import type { HandlerFunction } from './handler-function.ts';

export interface SignedUrlProps {
  readonly handler: HandlerFunction;
  /** Construct id of the policy, and what the people are whom it is for. */
  readonly policy: string;
  readonly description: string;
}

/**
 * An address that only signed requests of IAM identities reach, and the policy to attach to the people who may try.
 * Whether they may do what they ask is for the handler to say: by the configuration's people, not by IAM.
 */
export class SignedUrl extends Construct {
  readonly url: FunctionUrl;
  readonly policy: ManagedPolicy;

  constructor(scope: Construct, id: string, { handler, policy, description }: SignedUrlProps) {
    super(scope, id);
    this.url = handler.addFunctionUrl({ authType: FunctionUrlAuthType.AWS_IAM });
    this.policy = new ManagedPolicy(this, policy, {
      description,
      statements: [
        new PolicyStatement({
          effect: Effect.ALLOW,
          actions: ['lambda:InvokeFunctionUrl'],
          resources: [handler.functionArn],
          conditions: { StringEquals: { 'lambda:FunctionUrlAuthType': 'AWS_IAM' } },
        }),
        // Since October 2025 the caller of a function URL needs this as well.
        new PolicyStatement({
          effect: Effect.ALLOW,
          actions: ['lambda:InvokeFunction'],
          resources: [handler.functionArn],
          conditions: { Bool: { 'lambda:InvokedViaFunctionUrl': 'true' } },
        }),
      ],
    });
  }
}
