import { Arn, ArnFormat, Stack } from 'aws-cdk-lib';
import { SlackChannelConfiguration } from 'aws-cdk-lib/aws-chatbot';
import { EventField, Rule, RuleTargetInput } from 'aws-cdk-lib/aws-events';
import { SnsTopic } from 'aws-cdk-lib/aws-events-targets';
import { ManagedPolicy } from 'aws-cdk-lib/aws-iam';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { eventNames } from '../../contracts/events/names.ts';
import type { SlackSettings } from '../../domain/configuration/slack-settings.ts';
import { product } from '../names.ts';
import type { ProductKey } from './product-key.ts';

export interface SlackChannelProps {
  readonly slack: SlackSettings;
  readonly key: ProductKey;
}

/**
 * The product's events as messages in a Slack channel, one thread for each campaign: a rule writes them as custom
 * notifications of Amazon Q Developer in chat applications, which has the workspace's consent; no token is kept here. A
 * topic of its own, because a subscriber of that kind can read nothing else.
 * {@link https://docs.aws.amazon.com/chatbot/latest/adminguide/custom-notifs.html}
 */
export class SlackChannel extends Construct {
  constructor(scope: Construct, id: string, { slack, key }: SlackChannelProps) {
    super(scope, id);
    const topic = new Topic(this, 'Topic', { displayName: `${product} to Slack`, masterKey: key, enforceSSL: true });
    new Rule(this, 'Rule', {
      description: `${product}: events to Slack`,
      eventPattern: { source: [eventNames.source], detailType: [eventNames.detailType] },
      targets: [
        new SnsTopic(topic, {
          message: RuleTargetInput.fromObject({
            version: '1.0',
            source: 'custom',
            id: EventField.fromPath('$.id'),
            content: {
              textType: 'client-markdown',
              title: EventField.fromPath('$.detail.subject'),
              description: EventField.fromPath('$.detail.text'),
            },
            metadata: {
              threadId: EventField.fromPath('$.detail.campaignId'),
              summary: EventField.fromPath('$.detail.subject'),
              eventType: EventField.fromPath('$.detail.fact'),
            },
          }),
        }),
      ],
    });
    const named = `${product}-${Stack.of(this).region}`;
    new SlackChannelConfiguration(this, 'Channel', {
      slackChannelConfigurationName: named,
      slackWorkspaceId: slack.workspaceId,
      slackChannelId: slack.channelId,
      notificationTopics: [topic],
      // People read here. Nobody acts from the channel, whatever its role is given later.
      guardrailPolicies: [
        ManagedPolicy.fromManagedPolicyArn(
          this,
          'Nothing',
          Arn.format(
            {
              service: 'iam',
              region: '',
              account: 'aws',
              resource: 'policy',
              resourceName: 'AWSDenyAll',
              arnFormat: ArnFormat.SLASH_RESOURCE_NAME,
            },
            Stack.of(this),
          ),
        ),
      ],
    });
  }
}
