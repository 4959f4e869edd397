import { Stack, Tags, type StackProps } from 'aws-cdk-lib';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import type { Configuration } from '../domain/configuration.ts';
import { campaign } from '../statemachines/campaign.ts';
import { restore } from '../statemachines/restore.ts';
import { CampaignTable } from './constructs/campaign-table.ts';
import type { HandlerCode } from './constructs/handler-code.ts';
import { HandlerFunctions } from './constructs/handler-functions.ts';
import { Machine } from './constructs/machine.ts';
import { NotificationTopic } from './constructs/notification-topic.ts';
import { PlanBucket } from './constructs/plan-bucket.ts';
import { ProductKey } from './constructs/product-key.ts';
import { Triggers } from './constructs/triggers.ts';
import { machineNames, product } from './names.ts';

export interface HubStackProps extends StackProps {
  readonly configuration: Configuration;
  readonly code: HandlerCode;
}

/** What costs are found by. */
export const productTag = 'ami-rollout:product';

/** The product itself, in the tooling account. */
export class HubStack extends Stack {
  constructor(scope: Construct, id: string, { configuration, code, ...props }: HubStackProps) {
    super(scope, id, {
      description: 'ami-rollout: rolls machine images out to CloudFormation stacks',
      env: { ...configuration.hub },
      ...props,
    });
    const { retention, notifications } = configuration;
    const key = new ProductKey(this, 'Key');
    const table = new CampaignTable(this, 'Table', key);
    const planBucket = new PlanBucket(this, 'Plans', key, retention);
    const topic = new NotificationTopic(this, 'Notifications', key, notifications.emails);
    const functions = new HandlerFunctions(this, 'Handlers', { configuration, code, key, table, planBucket, topic });
    const settings = { configuration, planBucket: planBucket as IBucket };
    const { logDays } = retention;
    new Machine(this, 'Campaign', {
      name: machineNames.campaign,
      functions,
      build: (workflow) => campaign(workflow, settings),
      logDays,
    });
    new Machine(this, 'Restore', {
      name: machineNames.restore,
      functions,
      build: (workflow) => restore(workflow, settings),
      logDays,
    });
    new Triggers(this, 'Triggers', { configuration, functions });
    Tags.of(this).add(productTag, product);
  }
}
