import { beforeEach, describe, expect, it } from '@jest/globals';
import { CloudFormationClient, DescribeStackEventsCommand, type StackEvent } from '@aws-sdk/client-cloudformation';
import { mockClient } from 'aws-sdk-client-mock';
import { awsStacks } from '../../../adapters/aws/stacks.ts';
import { member, testSessions } from './sessions-for-tests.ts';

const cloudFormation = mockClient(CloudFormationClient);
const stacks = awsStacks(testSessions());
const stackId = 'arn:aws:cloudformation:us-east-1:1:stack/app/1';

beforeEach(() => {
  cloudFormation.reset();
});

const event = (
  LogicalResourceId: string,
  ResourceStatus: NonNullable<StackEvent['ResourceStatus']>,
  ResourceStatusReason?: string,
  ClientRequestToken = 'ar-1',
): StackEvent => ({
  StackId: stackId,
  EventId: 'e',
  StackName: 'app',
  Timestamp: new Date(0),
  LogicalResourceId,
  PhysicalResourceId: LogicalResourceId === 'app' ? stackId : `physical-${LogicalResourceId}`,
  ResourceType: LogicalResourceId === 'app' ? 'AWS::CloudFormation::Stack' : 'AWS::AutoScaling::AutoScalingGroup',
  ResourceStatus,
  ClientRequestToken,
  ...(ResourceStatusReason === undefined ? {} : { ResourceStatusReason }),
});

const begin = event('app', 'UPDATE_IN_PROGRESS', 'User Initiated');

const rootCause = (...events: StackEvent[]): Promise<string> => {
  cloudFormation.on(DescribeStackEventsCommand).resolves({ StackEvents: events.toReversed() });
  return stacks.rootCause(member, stackId, 'ar-1');
};

describe('root cause', () => {
  it('is the earliest failed resource that was not cancelled', async () => {
    expect(
      await rootCause(
        begin,
        event('Other', 'UPDATE_FAILED', 'Resource update cancelled'),
        event('Group', 'UPDATE_FAILED', 'Received 0 SUCCESS signal(s) out of 1'),
        event('Late', 'UPDATE_FAILED', 'a consequence'),
        event('app', 'UPDATE_ROLLBACK_IN_PROGRESS', 'The following resource(s) failed to update: [Group]'),
        event('app', 'UPDATE_ROLLBACK_COMPLETE'),
      ),
    ).toBe('Group (AWS::AutoScaling::AutoScalingGroup): Received 0 SUCCESS signal(s) out of 1');
  });

  it('is the stack’s own reason where no resource failed', async () => {
    expect(await rootCause(begin, event('app', 'UPDATE_ROLLBACK_IN_PROGRESS', 'Alarm red went off'))).toBe(
      'app (AWS::CloudFormation::Stack): Alarm red went off',
    );
  });

  it('is empty where nothing failed', async () => {
    expect(await rootCause(begin, event('Group', 'UPDATE_COMPLETE'), event('app', 'UPDATE_COMPLETE'))).toBe('');
    expect(await rootCause()).toBe('');
  });

  it('looks at the operation of this token only, and reads no further than its beginning', async () => {
    cloudFormation
      .on(DescribeStackEventsCommand)
      .resolves({
        StackEvents: [event('Group', 'UPDATE_FAILED', 'later operation', 'ar-9'), event('Group', 'UPDATE_COMPLETE')],
        NextToken: '2',
      })
      .on(DescribeStackEventsCommand, { NextToken: '2' })
      .resolves({
        StackEvents: [
          event('Group', 'UPDATE_FAILED', 'ours'),
          begin,
          event('Group', 'UPDATE_FAILED', 'earlier', 'ar-0'),
        ],
        NextToken: '3',
      });
    expect(await stacks.rootCause(member, stackId, 'ar-1')).toContain('ours');
    expect(cloudFormation.commandCalls(DescribeStackEventsCommand)).toHaveLength(2);
  });
});
