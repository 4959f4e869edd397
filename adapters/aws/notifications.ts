import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import type { Notification, Notifications } from '../../domain/ports/notifications.ts';
import { call } from './errors.ts';
import type { Sessions } from './sessions.ts';

/** SNS refuses messages above 256 KiB, all their forms together. */
const mostMessageBytes = 250_000;
const shortTextBytes = 16_384;

const shortened = (text: string): string =>
  Buffer.byteLength(text) <= shortTextBytes
    ? text
    : `${Buffer.from(text)
        .subarray(0, shortTextBytes)
        .toString('utf8')
        .replace(/\uFFFD+$/, '')}\n… shortened`;

/** SNS takes less than 100 characters of ASCII without line breaks, beginning with a letter, digit or punctuation. */
const subjectOf = (subject: string): string =>
  subject
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/[^\x20-\x7E]/g, '?')
    .trim()
    .slice(0, 99);

/** People read the text by mail or chat; queues, functions and web hooks get the same facts as JSON. */
const forms = (text: string, facts: Readonly<Record<string, unknown>>): string => {
  const machine = JSON.stringify(facts);
  return JSON.stringify({ default: text, sqs: machine, lambda: machine, https: machine });
};

const messageOf = ({ subject, text, data }: Notification): string => {
  const message = forms(text, { subject, text, data });
  if (Buffer.byteLength(message) <= mostMessageBytes) return message;
  const short = shortened(text);
  const shorter = forms(short, { subject, text: short, data });
  return Buffer.byteLength(shorter) <= mostMessageBytes ? shorter : forms(short, { subject, text: short });
};

/**
 * Notifications by an SNS topic of the hub, with a message of its own for machines.
 * {@link https://docs.aws.amazon.com/sns/latest/api/API_Publish.html}
 */
export const awsNotifications = (sessions: Sessions, topicArn: string): Notifications => ({
  publish: async (notification) => {
    await call(`Publish to ${topicArn}`, () =>
      sessions.client(SNSClient, sessions.hub).send(
        new PublishCommand({
          TopicArn: topicArn,
          Subject: subjectOf(notification.subject),
          MessageStructure: 'json',
          Message: messageOf(notification),
        }),
      ),
    );
  },
});
