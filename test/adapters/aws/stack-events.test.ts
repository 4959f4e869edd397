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

  describe('in nested stacks', () => {
    const innerId = 'arn:aws:cloudformation:us-east-1:1:stack/app-Web-1X/2';
    const outer = [
      begin,
      {
        ...event('Web', 'UPDATE_FAILED', 'Embedded stack was not successfully updated'),
        PhysicalResourceId: innerId,
        ResourceType: 'AWS::CloudFormation::Stack',
      },
    ];
    const nest = (...inner: StackEvent[]) => {
      cloudFormation
        .on(DescribeStackEventsCommand, { StackName: stackId })
        .resolves({ StackEvents: outer.toReversed() })
        .on(DescribeStackEventsCommand, { StackName: innerId })
        .resolves({ StackEvents: inner.map((one) => ({ ...one, StackId: innerId })).toReversed() });
    };

    it('is what failed in the nested stack, with the way there', async () => {
      nest(event('Group', 'UPDATE_FAILED', 'no capacity'), event('Late', 'UPDATE_FAILED', 'a consequence'));
      expect(await stacks.rootCause(member, stackId, 'ar-1')).toBe(
        'Web › Group (AWS::AutoScaling::AutoScalingGroup): no capacity',
      );
    });

    it('is the nested stack where nothing is known of its inside', async () => {
      nest();
      expect(await stacks.rootCause(member, stackId, 'ar-1')).toBe(
        'Web (AWS::CloudFormation::Stack): Embedded stack was not successfully updated',
      );
    });

    it('names the resources that a rollback got stuck at, and never the nested stack itself', async () => {
      nest(event('Group', 'UPDATE_FAILED', 'no'), event('Other', 'UPDATE_FAILED', 'Resource update cancelled'));
      expect(await stacks.stuckResources(member, stackId, 'ar-1')).toEqual(['app-Web-1X.Group']);
    });
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
