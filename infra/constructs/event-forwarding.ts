import { Aws, Duration } from 'aws-cdk-lib';
import { EventBus, Rule } from 'aws-cdk-lib/aws-events';
import { EventBus as BusTarget } from 'aws-cdk-lib/aws-events-targets';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import {
  groupChanged,
  imageBuilt,
  imageMade,
  imageScanned,
  packageFound,
  scanCompleted,
  stackSettled,
} from '../event-patterns.ts';
import { busArn } from '../names.ts';
import { acknowledge } from './acknowledge.ts';
import { conditional } from './conditional.ts';
import type { SpokeParameters } from './spoke-parameters.ts';

const forwarded = {
  ImageMade: imageMade,
  ImageBuilt: imageBuilt,
  StackSettled: stackSettled,
  GroupChanged: groupChanged,
  ImageScanned: imageScanned,
  ScanCompleted: scanCompleted,
  PackageFound: packageFound,
};

/**
 * Forwards what the hub acts on: task tokens are good in the hub only. What cannot be delivered is kept here; the hub's
 * sweep makes up for it meanwhile.
 */
export class EventForwarding extends Construct {
  constructor(scope: Construct, id: string, { hubAccount, hubRegion, forwards }: SpokeParameters) {
    super(scope, id);
    const bus = busArn({ account: hubAccount, region: hubRegion });
    const role = new Role(this, 'Role', {
      assumedBy: new ServicePrincipal('events.amazonaws.com', {
        conditions: { StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID } },
      }),
      description: 'Lets EventBridge forward events to the bus of ami-rollout',
    });
    const undelivered = new Queue(this, 'Undelivered', {
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      retentionPeriod: Duration.days(14),
    });
    acknowledge(undelivered, 'SQS3', 'It is a dead-letter queue: a rule sends to it what it could not deliver.');
    const target = new BusTarget(EventBus.fromEventBusArn(this, 'Bus', bus), {
      role,
      deadLetterQueue: undelivered,
    });
    for (const [name, eventPattern] of Object.entries(forwarded)) {
      new Rule(this, name, {
        description: `ami-rollout: ${name}, forwarded to the hub`,
        eventPattern,
        targets: [target],
      });
    }
    conditional(this, forwards);
  }
}
