import { CfnOutput, Stack, Tags, type StackProps } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { Configuration } from '../domain/configuration.ts';
import { AmiRollout } from './constructs/ami-rollout.ts';
import type { HandlerCode } from './constructs/handler-code.ts';
import { product, productTag, untagged } from './names.ts';

/** What the hub's stack is made from. */
export interface HubStackProps extends StackProps {
  /** Checked, with every default filled in: as `parseConfiguration` gives it. */
  readonly configuration: Configuration;
  /** @default - all handlers are bundled by one call of esbuild */
  readonly code?: HandlerCode;
}

/** The product itself, in the tooling account, as a stack of its own. */
export class HubStack extends Stack {
  constructor(scope: Construct, id: string, { configuration, code, ...props }: HubStackProps) {
    super(scope, id, {
      description: 'ami-rollout: rolls machine images out to CloudFormation stacks',
      env: { ...configuration.hub },
      terminationProtection: true,
      ...props,
    });
    // The CDK leaves `Default` out of logical ids: what is in the stack is called as if it were made here.
    const rollout = new AmiRollout(this, 'Default', { config: configuration, ...(code === undefined ? {} : { code }) });

    const output = (name: string, description: string, value: string): CfnOutput =>
      new CfnOutput(this, name, { description, value });
    output(
      'GateAnswererPolicyArn',
      'Attach it to the roles of custom gates that answer later',
      rollout.gateAnswererPolicy.managedPolicyArn,
    );
    output(
      'ConsoleUrl',
      'The pages, if there are any; the API: people below /api, signed requests below /machine',
      rollout.consoleUrl,
    );
    output(
      'OperatorPolicyArn',
      'Attach it to the roles of people and pipelines that call /machine',
      rollout.operatorPolicy.managedPolicyArn,
    );
    output('CampaignMachineArn', 'Start an execution to start a campaign', rollout.campaignMachine.stateMachineArn);
    output('RestoreMachineArn', 'Start an execution to put a campaign back', rollout.restoreMachine.stateMachineArn);
    output('TableName', 'Campaigns, stack records and decisions', rollout.tableName);
    output('PlanBucketName', 'Inventories, plans and reports', rollout.planBucket.bucketName);
    output('TopicArn', 'Subscribe to be told', rollout.topic.topicArn);
    output('BusArn', 'Member accounts forward their events to it', rollout.bus.eventBusArn);
    Tags.of(this).add(productTag, product, { excludeResourceTypes: [...untagged] });
  }
}
