import { beforeEach, describe, expect, it } from '@jest/globals';
import {
  AutoScalingClient,
  DescribeAutoScalingGroupsCommand,
  DescribeInstanceRefreshesCommand,
  StartInstanceRefreshCommand,
  CancelInstanceRefreshCommand,
  DescribeScalingActivitiesCommand,
  type AutoScalingGroup,
} from '@aws-sdk/client-auto-scaling';
import { DescribeInstancesCommand, EC2Client } from '@aws-sdk/client-ec2';
import { mockClient } from 'aws-sdk-client-mock';
import { awsGroups } from '../../../adapters/aws/groups.ts';
import { member, sdkError, testSessions } from './sessions-for-tests.ts';

const autoScaling = mockClient(AutoScalingClient);
const ec2 = mockClient(EC2Client);
const groups = awsGroups(testSessions());
const tag = 'aws:cloudformation:stack-id';

beforeEach(() => {
  autoScaling.reset();
  ec2.reset();
});

type Member = NonNullable<AutoScalingGroup['Instances']>[number];
const instance = (InstanceId: string, LifecycleState = 'InService', HealthStatus = 'Healthy'): Member =>
  ({ InstanceId, LifecycleState, HealthStatus }) as Member;

const group = (name: string, stackId: string, ...Instances: Member[]): AutoScalingGroup =>
  ({
    AutoScalingGroupName: name,
    AutoScalingGroupARN: `arn:${name}`,
    DesiredCapacity: 3,
    Tags: [{ Key: tag, Value: stackId }],
    Instances,
  }) as unknown as AutoScalingGroup;

const reservations = (images: Readonly<Record<string, string>>) => ({
  Reservations: Object.entries(images).map(([InstanceId, ImageId]) => ({ Instances: [{ InstanceId, ImageId }] })),
});

const groupInputs = () => autoScaling.commandCalls(DescribeAutoScalingGroupsCommand).map(({ args }) => args[0].input);
const instanceInputs = () => ec2.commandCalls(DescribeInstancesCommand).map(({ args }) => args[0].input);

describe('groups of stacks', () => {
  it('count healthy InService instances by image, and all others as unsettled', async () => {
    autoScaling.on(DescribeAutoScalingGroupsCommand).resolves({
      AutoScalingGroups: [
        group(
          'web',
          'stack-1',
          instance('i-1'),
          instance('i-2'),
          instance('i-3'),
          instance('i-4', 'Pending'),
          instance('i-5', 'InService', 'Unhealthy'),
          instance('i-6', 'Terminating'),
          instance('i-7'),
        ),
      ],
    });
    ec2.on(DescribeInstancesCommand).resolves(reservations({ 'i-1': 'ami-1', 'i-2': 'ami-2', 'i-3': 'ami-2' }));
    expect(await groups.ofStacks(member, ['stack-1'])).toEqual([
      {
        name: 'web',
        logicalId: '',
        arn: 'arn:web',
        stackId: 'stack-1',
        desired: 3,
        inService: { 'ami-1': 1, 'ami-2': 2 },
        targetGroups: [],
        // i-7 is InService, but EC2 does not describe it.
        unsettled: 4,
        instances: [
          { id: 'i-1', image: 'ami-1', state: 'InService' },
          { id: 'i-2', image: 'ami-2', state: 'InService' },
          { id: 'i-3', image: 'ami-2', state: 'InService' },
          { id: 'i-4', image: null, state: 'Pending' },
          { id: 'i-5', image: null, state: 'InService, unhealthy' },
          { id: 'i-6', image: null, state: 'Terminating' },
          { id: 'i-7', image: null, state: 'InService' },
        ],
      },
    ]);
    expect(instanceInputs()).toEqual([
      { Filters: [{ Name: 'instance-id', Values: ['i-1', 'i-2', 'i-3', 'i-7'] }], MaxResults: 1000 },
    ]);
  });

  it('name their target groups once, however they are attached, and no other traffic source', async () => {
    const arn = (name: string) => `arn:aws:elasticloadbalancing:eu-west-1:1:targetgroup/${name}/1`;
    autoScaling.on(DescribeAutoScalingGroupsCommand).resolves({
      AutoScalingGroups: [
        {
          ...group('web', 's1'),
          TargetGroupARNs: [arn('a')],
          TrafficSources: [
            { Identifier: arn('a'), Type: 'elbv2' },
            { Identifier: arn('b'), Type: 'elbv2' },
            { Identifier: 'classic', Type: 'elb' },
            { Identifier: 'arn:aws:vpc-lattice:eu-west-1:1:targetgroup/tg-1', Type: 'vpc-lattice' },
          ],
        },
      ],
    });
    expect(await groups.ofStacks(member, ['s1'])).toMatchObject([{ targetGroups: [arn('a'), arn('b')] }]);
  });

  it('are found by tag, five stacks a call, page after page', async () => {
    autoScaling
      .on(DescribeAutoScalingGroupsCommand)
      .resolves({ AutoScalingGroups: [group('a', 's1')], NextToken: 'more' })
      .on(DescribeAutoScalingGroupsCommand, { NextToken: 'more' })
      .resolves({ AutoScalingGroups: [group('b', 's2')] });
    const found = await groups.ofStacks(member, ['s1', 's2', 's3', 's4', 's5', 's1']);
    expect(found.map(({ name }) => name)).toEqual(['a', 'b']);
    const Filters = [{ Name: `tag:${tag}`, Values: ['s1', 's2', 's3', 's4', 's5'] }];
    expect(groupInputs()).toEqual([
      { MaxRecords: 100, Filters },
      { MaxRecords: 100, Filters, NextToken: 'more' },
    ]);
    expect(instanceInputs()).toEqual([]);
  });

  it('are chosen from all groups of the target where many stacks are asked for', async () => {
    const stackIds = Array.from({ length: 26 }, (_, index) => `s${index}`);
    autoScaling.on(DescribeAutoScalingGroupsCommand).resolves({
      AutoScalingGroups: [group('a', 's7'), group('foreign', 'x'), { ...group('untagged', ''), Tags: [] }],
    });
    expect((await groups.ofStacks(member, stackIds)).map(({ name }) => name)).toEqual(['a']);
    expect(groupInputs()).toEqual([{ MaxRecords: 100 }]);
  });

  it('ask for no groups where there are no stacks', async () => {
    expect(await groups.ofStacks(member, [])).toEqual([]);
    expect(groupInputs()).toEqual([]);
  });

  it('describe 200 instances a call, page after page', async () => {
    const ids = Array.from({ length: 250 }, (_, index) => `i-${index}`);
    autoScaling
      .on(DescribeAutoScalingGroupsCommand)
      .resolves({ AutoScalingGroups: [group('a', 's1', ...ids.map((id) => instance(id)))] });
    ec2
      .on(DescribeInstancesCommand)
      .resolves(reservations(Object.fromEntries(ids.slice(200).map((id) => [id, 'ami-2']))))
      .on(DescribeInstancesCommand, { Filters: [{ Name: 'instance-id', Values: ids.slice(0, 200) }] })
      .resolves({
        ...reservations(Object.fromEntries(ids.slice(0, 100).map((id) => [id, 'ami-1']))),
        NextToken: 'more',
      })
      .on(DescribeInstancesCommand, { NextToken: 'more' })
      .resolves(reservations(Object.fromEntries(ids.slice(100, 200).map((id) => [id, 'ami-1']))));
    expect(await groups.ofStacks(member, ['s1'])).toMatchObject([
      { inService: { 'ami-1': 200, 'ami-2': 50 }, unsettled: 0 },
    ]);
    expect(instanceInputs()).toHaveLength(3);
  });
});

const preferences = {
  minHealthyPercent: 90,
  maxHealthyPercent: 120,
  checkpointPercents: [],
  checkpointDelayMinutes: 5,
};

describe('instance refreshes', () => {
  it('pause at checkpoints and replace all behind the last', async () => {
    autoScaling.on(StartInstanceRefreshCommand).resolves({ InstanceRefreshId: 'r-1' });
    await groups.startRefresh(member, 'web', { ...preferences, checkpointPercents: [10, 50] });
    expect(autoScaling.commandCalls(StartInstanceRefreshCommand)[0]?.args[0].input.Preferences).toMatchObject({
      CheckpointPercentages: [10, 50, 100],
      CheckpointDelay: 300,
    });
  });

  it('start with our preferences', async () => {
    autoScaling.on(StartInstanceRefreshCommand).resolves({ InstanceRefreshId: 'r-1' });
    expect(await groups.startRefresh(member, 'web', preferences)).toEqual({
      id: 'r-1',
      status: 'Pending',
      reason: '',
      started: true,
    });
    expect(autoScaling.commandCalls(StartInstanceRefreshCommand)[0]?.args[0].input).toEqual({
      AutoScalingGroupName: 'web',
      Preferences: { MinHealthyPercentage: 90, MaxHealthyPercentage: 120, SkipMatching: false, AutoRollback: false },
    });
  });

  it('are the running one where there is one', async () => {
    autoScaling.on(StartInstanceRefreshCommand).rejects(sdkError('InstanceRefreshInProgressFault'));
    autoScaling.on(DescribeInstanceRefreshesCommand).resolves({
      InstanceRefreshes: [
        { InstanceRefreshId: 'r-2', Status: 'InProgress', StatusReason: 'half way' },
        { InstanceRefreshId: 'r-1', Status: 'Successful' },
      ],
    });
    expect(await groups.startRefresh(member, 'web', preferences)).toEqual({
      id: 'r-2',
      status: 'InProgress',
      reason: 'half way',
      started: false,
    });
  });

  it('fail where the running one has just ended, so that a second try starts one', async () => {
    autoScaling.on(StartInstanceRefreshCommand).rejects(sdkError('InstanceRefreshInProgressFault'));
    autoScaling
      .on(DescribeInstanceRefreshesCommand)
      .resolves({ InstanceRefreshes: [{ InstanceRefreshId: 'r-1', Status: 'Successful' }] });
    await expect(groups.startRefresh(member, 'web', preferences)).rejects.toMatchObject({
      name: 'InstanceRefreshInProgressFault',
    });
  });

  it('are cancelled, and it is no error where none is running', async () => {
    autoScaling.on(CancelInstanceRefreshCommand).resolvesOnce({ InstanceRefreshId: 'r-1' });
    await groups.cancelRefresh(member, 'web');
    expect(autoScaling.commandCalls(CancelInstanceRefreshCommand)[0]?.args[0].input).toEqual({
      AutoScalingGroupName: 'web',
    });
    autoScaling.on(CancelInstanceRefreshCommand).rejects(sdkError('ActiveInstanceRefreshNotFoundFault'));
    await expect(groups.cancelRefresh(member, 'web')).resolves.toBeUndefined();
  });
});

describe('trouble of a group', () => {
  it('is the reason of its last refresh and its last failed activity, by one call each', async () => {
    autoScaling
      .on(DescribeInstanceRefreshesCommand)
      .resolves({ InstanceRefreshes: [{ StatusReason: 'not healthy in time' }, { StatusReason: 'older' }] })
      .on(DescribeScalingActivitiesCommand)
      .resolves({
        Activities: (['Successful', 'Failed', 'Failed'] as const).map((StatusCode, nth) => ({
          ActivityId: `a-${nth}`,
          AutoScalingGroupName: 'web',
          Cause: '',
          StartTime: new Date(0),
          StatusCode,
          StatusMessage: `message ${nth}`,
        })),
      });
    expect(await groups.trouble(member, 'web')).toEqual([
      'its last refresh: not healthy in time',
      'its last failed activity: message 1',
    ]);
    expect(autoScaling.calls()).toHaveLength(2);
  });

  it('is nothing where nothing has failed', async () => {
    autoScaling.on(DescribeInstanceRefreshesCommand).resolves({}).on(DescribeScalingActivitiesCommand).resolves({});
    expect(await groups.trouble(member, 'web')).toEqual([]);
  });
});
