import { beforeEach, describe, expect, it } from '@jest/globals';
import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import { mockClient } from 'aws-sdk-client-mock';
import { awsNotifications } from '../../../adapters/aws/notifications.ts';
import { AccessDenied } from '../../../domain/errors.ts';
import type { Notification } from '../../../domain/ports/notifications.ts';
import { sdkError, testSessions } from './sessions-for-tests.ts';

const sns = mockClient(SNSClient);
const topic = 'arn:aws:sns:eu-west-1:100000000000:rollouts';
const notifications = awsNotifications(testSessions(), topic);

beforeEach(() => {
  sns.reset();
  sns.on(PublishCommand).resolves({});
});

const published = async (notification: Partial<Notification>) => {
  await notifications.publish({ subject: 's', text: 't', data: {}, ...notification });
  const { Message = '', ...rest } = sns.commandCalls(PublishCommand)[0]?.args[0].input ?? {};
  return { ...rest, message: JSON.parse(Message) as Record<string, string> };
};

describe('notifications', () => {
  it('are text for people and JSON for machines', async () => {
    const { message, ...rest } = await published({ subject: 'Approve', text: 'Please', data: { campaignId: 'c' } });
    expect(rest).toEqual({ TopicArn: topic, Subject: 'Approve', MessageStructure: 'json' });
    expect(Object.keys(message)).toEqual(['default', 'sqs', 'lambda', 'https']);
    expect(message.default).toBe('Please');
    expect(JSON.parse(message.sqs ?? '')).toEqual({
      subject: 'Approve',
      text: 'Please',
      data: { campaignId: 'c' },
    });
  });

  it('have a subject that SNS accepts', async () => {
    const { Subject } = await published({ subject: `  Überall:\nfertig ${'x'.repeat(200)}` });
    expect(Subject).toMatch(/^\?berall: fertig x+$/);
    expect(Subject).toHaveLength(99);
  });

  it('stay under SNS’s limit: text is shortened, large data left out', async () => {
    const { message } = await published({ text: 'ä'.repeat(100_000), data: { large: 'x'.repeat(300_000) } });
    expect(message.default).toMatch(/^ä+\n… shortened$/);
    expect(JSON.parse(message.sqs ?? '')).not.toHaveProperty('data');
    expect(Buffer.byteLength(sns.commandCalls(PublishCommand)[0]?.args[0].input.Message ?? '')).toBeLessThan(262_144);
  });

  it('keep data beside a shortened text where both fit', async () => {
    const { message } = await published({ text: 'x'.repeat(200_000), data: { a: 1 } });
    expect(message.default).toHaveLength(16_384 + '\n… shortened'.length);
    expect(JSON.parse(message.sqs ?? '')).toMatchObject({ data: { a: 1 } });
  });

  it('name the topic that refuses them', async () => {
    sns.on(PublishCommand).rejects(sdkError('AuthorizationErrorException', 'no', 403));
    const refused = notifications.publish({ subject: 's', text: 't', data: {} });
    await expect(refused).rejects.toBeInstanceOf(AccessDenied);
    await expect(refused).rejects.toThrow(topic);
  });
});
