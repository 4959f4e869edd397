import { beforeEach, describe, expect, it } from '@jest/globals';
import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import { mockClient } from 'aws-sdk-client-mock';
import { awsNotifications } from '../../../adapters/aws/notifications.ts';
import { AccessDenied, ServiceUnavailable } from '../../../domain/errors.ts';
import { aChange } from '../../domain/fakes/change.ts';
import { sdkError, testSessions } from './sessions-for-tests.ts';

const sns = mockClient(SNSClient);
const bus = mockClient(EventBridgeClient);
const topic = 'arn:aws:sns:eu-west-1:100000000000:rollouts';
const notifications = awsNotifications(testSessions(), topic);

beforeEach(() => {
  sns.reset();
  sns.on(PublishCommand).resolves({});
  bus.reset();
  bus.on(PutEventsCommand).resolves({ FailedEntryCount: 0, Entries: [{ EventId: '1' }] });
});

const mail = () => sns.commandCalls(PublishCommand)[0]?.args[0].input;

describe('notifications', () => {
  it('are an event on the default bus', async () => {
    const change = aChange();
    await notifications.publish(change);
    expect(bus.commandCalls(PutEventsCommand)[0]?.args[0].input).toEqual({
      Entries: [
        {
          Source: 'ami-rollout',
          DetailType: 'Campaign State Change',
          Detail: JSON.stringify(change),
          Time: new Date(change.at),
          Resources: ['campaign-1'],
        },
      ],
    });
  });

  it('are text for people, and the event for machines, which may filter by attributes', async () => {
    const change = aChange({ fact: 'breach', ring: 'canary', text: 'Read me' });
    await notifications.publish(change);
    const { Message = '', ...rest } = mail() ?? {};
    const text = (StringValue: string) => ({ DataType: 'String', StringValue });
    expect(rest).toEqual({
      TopicArn: topic,
      Subject: change.subject,
      MessageStructure: 'json',
      MessageAttributes: {
        id: text(change.id),
        fact: text('breach'),
        campaignId: text('campaign-1'),
        family: text('al2023-base'),
        ring: text('canary'),
      },
    });
    const forms = JSON.parse(Message) as Record<string, string>;
    expect(forms).toEqual({ default: JSON.stringify(change), email: 'Read me', sms: change.subject });
  });

  it('have a subject that SNS accepts', async () => {
    await notifications.publish(aChange({ subject: `  Überall:\nfertig ${'x'.repeat(200)}` }));
    expect(mail()?.Subject).toMatch(/^\?berall: fertig x+$/);
    expect(mail()?.Subject).toHaveLength(99);
  });

  it('are no mail where a regional copy is a duplicate', async () => {
    await notifications.publish(aChange({ fact: 'finished', outcome: 'DUPLICATE' }));
    expect(bus.commandCalls(PutEventsCommand)).toHaveLength(1);
    expect(mail()).toBeUndefined();
  });

  it('fail where the bus took no event, though the call succeeded', async () => {
    bus.on(PutEventsCommand).resolves({
      FailedEntryCount: 1,
      Entries: [{ ErrorCode: 'ThrottlingException', ErrorMessage: 'slow down' }],
    });
    await expect(notifications.publish(aChange())).rejects.toThrow(ServiceUnavailable);
    await expect(notifications.publish(aChange())).rejects.toThrow(/ThrottlingException slow down/);
  });

  it('name the topic that refuses them', async () => {
    sns.on(PublishCommand).rejects(sdkError('AuthorizationErrorException', 'no', 403));
    const refused = notifications.publish(aChange());
    await expect(refused).rejects.toBeInstanceOf(AccessDenied);
    await expect(refused).rejects.toThrow(topic);
  });
});
