import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import type { Notification, Notifications } from '../../domain/ports/notifications.ts';
import { call } from './errors.ts';
import type { Sessions } from './sessions.ts';

/** A whole message may have 256 KiB. */
const mostMachineBytes = 128 * 1024;
const mostTextBytes = 64 * 1024;

const shortened = (text: string, bytes: number): string =>
  Buffer.byteLength(text) <= bytes
    ? text
    : `${Buffer.from(text)
        .subarray(0, bytes)
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
const messageOf = ({ subject, text, data }: Notification): string => {
  const human = shortened(text, mostTextBytes);
  const full = JSON.stringify({ subject, text: human, data });
  const machine = Buffer.byteLength(full) <= mostMachineBytes ? full : JSON.stringify({ subject, text: human });
  return JSON.stringify({ default: human, sqs: machine, lambda: machine, http: machine, https: machine });
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
