import { CfnOutput, Stack, Tags, type StackProps } from 'aws-cdk-lib';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';
import type { Configuration } from '../domain/configuration.ts';
import { campaign } from '../statemachines/campaign.ts';
import { restore } from '../statemachines/restore.ts';
import type { Workflow } from '../statemachines/typed/index.ts';
import { Alarms } from './constructs/alarms.ts';
import { BootRunbooks } from './constructs/boot-runbooks.ts';
import { CampaignTable } from './constructs/campaign-table.ts';
import { ConsoleApi } from './constructs/console-api.ts';
import { ConsoleSecret } from './constructs/console-secret.ts';
import { CostBudget } from './constructs/cost-budget.ts';
import { GateAnswers } from './constructs/gate-answers.ts';
import type { HandlerCode } from './constructs/handler-code.ts';
import { HandlerFunctions } from './constructs/handler-functions.ts';
import { InstanceQuarters } from './constructs/instance-quarters.ts';
import { Machine } from './constructs/machine.ts';
import { NotificationTopic } from './constructs/notification-topic.ts';
import { PlanBucket } from './constructs/plan-bucket.ts';
import { ProductKey } from './constructs/product-key.ts';
import { SignedUrl } from './constructs/signed-url.ts';
import { Triggers } from './constructs/triggers.ts';
import { bootChecks, needsInstances } from './gate-instances.ts';
import { machineNames, product, productTag } from './names.ts';

export interface HubStackProps extends StackProps {
  readonly configuration: Configuration;
  readonly code: HandlerCode;
}

/** The product itself, in the tooling account. */
export class HubStack extends Stack {
  constructor(scope: Construct, id: string, { configuration, code, ...props }: HubStackProps) {
    super(scope, id, {
      description: 'ami-rollout: rolls machine images out to CloudFormation stacks',
      env: { ...configuration.hub },
      terminationProtection: true,
      ...props,
    });
    const { retention, notifications, monthlyBudgetUsd } = configuration;
    const key = new ProductKey(this, 'Key');
    const table = new CampaignTable(this, 'Table', key);
    const plans = new PlanBucket(this, 'Plans', key, retention);
    const notices = new NotificationTopic(this, 'Notifications', key, notifications.emails);
    const quarters = needsInstances(configuration)
      ? new InstanceQuarters(this, 'InstanceQuarters', configuration.gates.instances)
      : undefined;
    const runbooks =
      bootChecks(configuration).length > 0 ? new BootRunbooks(this, 'BootRunbooks', configuration) : undefined;
    const functions = new HandlerFunctions(this, 'Handlers', {
      configuration,
      code,
      key,
      table,
      plans,
      notices,
      quarters,
      runbooks,
    });
    const planBucket: IBucket = plans as IBucket;
    const topic: ITopic = notices;

    const settings = { configuration, planBucket };
    const machine = (machineId: string, name: keyof typeof machineNames, build: typeof campaign): Machine =>
      new Machine(this, machineId, {
        name: machineNames[name],
        functions,
        build: (workflow: Workflow) => build(workflow, settings),
        logDays: retention.logDays,
      });
    const machines = {
      campaign: machine('Campaign', 'campaign', campaign),
      restore: machine('Restore', 'restore', restore),
    };

    const { bus } = new Triggers(this, 'Triggers', { configuration, functions });
    const api = new ConsoleApi(this, 'Console', { configuration, handler: functions.of('console') });
    if ((configuration.console.oidc?.clientId ?? null) !== null)
      new ConsoleSecret(this, 'ConsoleSecret', { handler: functions.of('console'), key });
    const answers = new GateAnswers(this, 'GateAnswers', {
      configuration,
      answer: functions.of('answer-custom-gate'),
    });
    const rollback = new SignedUrl(this, 'Rollback', {
      handler: functions.of('rollback-campaign'),
      policy: 'Operator',
      description: 'Lets people roll campaigns of ami-rollout back',
    });
    new Alarms(this, 'Alarms', { ...machines, functions, topic });
    if (monthlyBudgetUsd !== null) new CostBudget(this, 'Costs', monthlyBudgetUsd, topic);

    const output = (name: string, description: string, value: string): CfnOutput =>
      new CfnOutput(this, name, { description, value });
    output(
      'GateAnswererPolicyArn',
      'Attach it to the roles of custom gates that answer later',
      answers.policy.managedPolicyArn,
    );
    output('RollbackUrl', 'Signed requests to this address roll a campaign or an image back', rollback.url.url);
    output('RollbackPolicyArn', 'Attach it to the people who may roll back', rollback.policy.managedPolicyArn);
    output(
      'ConsoleUrl',
      'The pages, if there are any; the API: people below /api, signed requests below /machine',
      api.url,
    );
    output(
      'OperatorPolicyArn',
      'Attach it to the roles of people and pipelines that call /machine',
      api.policy.managedPolicyArn,
    );
    output('CampaignMachineArn', 'Start an execution to start a campaign', machines.campaign.stateMachineArn);
    output('RestoreMachineArn', 'Start an execution to put a campaign back', machines.restore.stateMachineArn);
    output('TableName', 'Campaigns, stack records and decisions', table.tableName);
    output('PlanBucketName', 'Inventories, plans and reports', planBucket.bucketName);
    output('TopicArn', 'Subscribe to be told', topic.topicArn);
    output('BusArn', 'Member accounts forward their events to it', bus.eventBusArn);
    Tags.of(this).add(productTag, product);
  }
}
