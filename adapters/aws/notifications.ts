import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { PublishCommand, SNSClient, type MessageAttributeValue } from '@aws-sdk/client-sns';
import { eventNames } from '../../contracts/events/names.ts';
import type { CampaignStateChange } from '../../contracts/events/campaign-state-change.ts';
import { ServiceUnavailable } from '../../domain/errors.ts';
import type { Notifications } from '../../domain/ports/notifications.ts';
import { call } from './errors.ts';
import type { Sessions } from './sessions.ts';

/** SNS takes less than 100 characters of ASCII without line breaks, beginning with a letter, digit or punctuation. */
const subjectOf = (subject: string): string =>
  subject
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/[^\x20-\x7E]/g, '?')
    .trim()
    .slice(0, 99);

/**
 * What a subscription's filter policy may ask for. SNS refuses empty values.
 * {@link https://docs.aws.amazon.com/sns/latest/dg/sns-message-attributes.html}
 */
const attributesOf = ({ id, fact, campaignId, family, ring, outcome }: CampaignStateChange) =>
  Object.fromEntries(
    Object.entries({ id, fact, campaignId, family, ring: ring ?? '', outcome: outcome ?? '' })
      .filter(([, value]) => value !== '')
      .map(([name, value]): [string, MessageAttributeValue] => [name, { DataType: 'String', StringValue: value }]),
  );

/**
 * An event on the hub's default bus, then a message by an SNS topic of the hub: mails have the text, every other
 * subscriber the event's detail.
 * {@link https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutEvents.html}
 */
export const awsNotifications = (sessions: Sessions, topicArn: string): Notifications => ({
  publish: async (change) => {
    const detail = JSON.stringify(change);
    const { FailedEntryCount = 0, Entries = [] } = await call('PutEvents to the default bus', () =>
      sessions.client(EventBridgeClient, sessions.hub).send(
        new PutEventsCommand({
          Entries: [
            {
              Source: eventNames.source,
              DetailType: eventNames.detailType,
              Detail: detail,
              Time: new Date(change.at),
              Resources: [change.campaignId],
            },
          ],
        }),
      ),
    );
    // The call succeeds where the entry has not.
    if (FailedEntryCount > 0) {
      const { ErrorCode = 'unknown', ErrorMessage = '' } = Entries[0] ?? {};
      throw new ServiceUnavailable(`PutEvents to the default bus took no event: ${ErrorCode} ${ErrorMessage}`);
    }
    // DUPLICATE campaigns come with every regional copy of an image: news for automation, a nuisance as mail.
    if (change.outcome === 'DUPLICATE') return;
    await call(`Publish to ${topicArn}`, () =>
      sessions.client(SNSClient, sessions.hub).send(
        new PublishCommand({
          TopicArn: topicArn,
          Subject: subjectOf(change.subject),
          MessageStructure: 'json',
          Message: JSON.stringify({ default: detail, email: change.text, sms: change.subject }),
          MessageAttributes: attributesOf(change),
        }),
      ),
    );
  },
});
