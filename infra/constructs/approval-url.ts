import { Effect, ManagedPolicy, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { FunctionUrlAuthType, type FunctionUrl } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import type { HandlerFunction } from './handler-function.ts';

/**
 * Where approvals are given: an address that only signed requests of IAM identities reach, and the policy to attach to
 * the people who may try. Whether they may decide is for the handler to say: by the configuration's people, not by IAM.
 */
export class ApprovalUrl extends Construct {
  readonly url: FunctionUrl;
  readonly policy: ManagedPolicy;

  constructor(scope: Construct, id: string, decide: HandlerFunction) {
    super(scope, id);
    this.url = decide.addFunctionUrl({ authType: FunctionUrlAuthType.AWS_IAM });
    this.policy = new ManagedPolicy(this, 'Approver', {
      description: 'Lets people answer the approval requests of ami-rollout',
      statements: [
        new PolicyStatement({
          effect: Effect.ALLOW,
          actions: ['lambda:InvokeFunctionUrl'],
          resources: [decide.functionArn],
          conditions: { StringEquals: { 'lambda:FunctionUrlAuthType': 'AWS_IAM' } },
        }),
        // Since October 2025 the caller of a function URL needs this as well.
        new PolicyStatement({
          effect: Effect.ALLOW,
          actions: ['lambda:InvokeFunction'],
          resources: [decide.functionArn],
          conditions: { Bool: { 'lambda:InvokedViaFunctionUrl': 'true' } },
        }),
      ],
    });
  }
}
