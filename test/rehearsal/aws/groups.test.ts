import {
  AutoScalingClient,
  CancelInstanceRefreshCommand,
  DescribeAutoScalingGroupsCommand,
  DescribeInstanceRefreshesCommand,
  StartInstanceRefreshCommand,
} from '@aws-sdk/client-auto-scaling';
import { DescribeInstancesCommand, EC2Client } from '@aws-sdk/client-ec2';
import { describe, expect, it } from '@jest/globals';
import { Simulation, at, cloudFormationClient, imageUpdate } from './simulation.ts';

const one = (more: object) => ({ fleet: { stacks: [{ name: 'web', updateMinutes: 4, instances: 3, ...more }] } });

describe('simulated groups and instances', () => {
  it('are found by the stack’s id, and instances by their group', async () => {
    await using simulation = new Simulation(one({}));
    const { id, group } = simulation.stack('web');
    const { AutoScalingGroups } = await simulation.settle(
      new AutoScalingClient(at()).send(
        new DescribeAutoScalingGroupsCommand({ Filters: [{ Name: 'tag:aws:cloudformation:stack-id', Values: [id] }] }),
      ),
    );
    expect(AutoScalingGroups).toHaveLength(1);
    expect(
      AutoScalingGroups?.[0]?.Instances?.map(({ LifecycleState, HealthStatus }) => [LifecycleState, HealthStatus]),
    ).toEqual(Array.from({ length: 3 }, () => ['InService', 'Healthy']));
    const { Reservations } = await simulation.settle(
      new EC2Client(at()).send(
        new DescribeInstancesCommand({ Filters: [{ Name: 'tag:aws:autoscaling:groupName', Values: [group.name] }] }),
      ),
    );
    const instances = Reservations?.flatMap(({ Instances }) => Instances ?? []) ?? [];
    expect(instances.map(({ ImageId }) => ImageId)).toEqual(Array.from({ length: 3 }, () => simulation.previousImage));
    const byId = await simulation.settle(
      new EC2Client(at()).send(new DescribeInstancesCommand({ InstanceIds: [instances[1]?.InstanceId ?? ''] })),
    );
    expect(byId.Reservations).toHaveLength(1);
  });

  it('come in pages', async () => {
    await using simulation = new Simulation({ fleet: { accounts: 1, regions: ['eu-west-1'], stacks: 120 } });
    const client = new AutoScalingClient(at());
    const first = await simulation.settle(client.send(new DescribeAutoScalingGroupsCommand({ MaxRecords: 100 })));
    expect(first.AutoScalingGroups).toHaveLength(100);
    const second = await simulation.settle(
      client.send(new DescribeAutoScalingGroupsCommand({ MaxRecords: 100, NextToken: first.NextToken })),
    );
    expect(second.AutoScalingGroups).toHaveLength(20);
    expect(second.NextToken).toBeUndefined();
  });

  it('keep their old instances without an update policy, until a refresh replaces them', async () => {
    await using simulation = new Simulation(one({ replacement: 'none' }));
    await simulation.settle(cloudFormationClient().send(imageUpdate('web', simulation.newImage)));
    await simulation.minutes(6);
    const { group, status } = simulation.stack('web');
    expect(status).toBe('UPDATE_COMPLETE');
    expect(group.running()).toEqual({ [simulation.previousImage]: 3 });
    const client = new AutoScalingClient(at());
    const start = () =>
      simulation.settle(client.send(new StartInstanceRefreshCommand({ AutoScalingGroupName: group.name })));
    const { InstanceRefreshId } = await start();
    await expect(start()).rejects.toMatchObject({ name: 'InstanceRefreshInProgressFault' });
    await simulation.minutes(2);
    expect(Object.keys(group.running())).toHaveLength(2);
    await simulation.minutes(4);
    expect(group.running()).toEqual({ [simulation.newImage]: 3 });
    const { InstanceRefreshes } = await simulation.settle(
      client.send(new DescribeInstanceRefreshesCommand({ AutoScalingGroupName: group.name })),
    );
    expect(InstanceRefreshes?.[0]).toMatchObject({ InstanceRefreshId, Status: 'Successful', PercentageComplete: 100 });
    const types = simulation.events
      .filter(({ source }) => source === 'aws.autoscaling')
      .map((event) => event['detail-type']);
    expect(types.filter((type) => type === 'EC2 Instance Launch Successful')).toHaveLength(3);
    expect(types).toEqual(
      expect.arrayContaining([
        'EC2 Auto Scaling Instance Refresh Started',
        'EC2 Auto Scaling Instance Refresh Succeeded',
      ]),
    );
  });

  it('run a refresh inside the stack’s update when the policy says so', async () => {
    await using simulation = new Simulation(one({ replacement: 'instanceRefresh' }));
    await simulation.settle(cloudFormationClient().send(imageUpdate('web', simulation.newImage)));
    await simulation.minutes(2);
    expect(simulation.stack('web').group.activeRefresh()).toBeDefined();
    await simulation.minutes(4);
    expect(simulation.stack('web').status).toBe('UPDATE_COMPLETE');
    expect(simulation.stack('web').group.refreshes?.[0]?.status).toBe('Successful');
    expect(simulation.stack('web').group.running()).toEqual({ [simulation.newImage]: 3 });
  });

  it('stop a refresh that is cancelled', async () => {
    await using simulation = new Simulation(one({ replacement: 'none', image: 'new', runs: 'previous' }));
    const { name } = simulation.stack('web').group;
    const client = new AutoScalingClient(at());
    const cancel = () =>
      simulation.settle(client.send(new CancelInstanceRefreshCommand({ AutoScalingGroupName: name })));
    await expect(cancel()).rejects.toMatchObject({ name: 'ActiveInstanceRefreshNotFoundFault' });
    await simulation.settle(client.send(new StartInstanceRefreshCommand({ AutoScalingGroupName: name })));
    await simulation.minutes(1.2);
    await cancel();
    await simulation.minutes(5);
    expect(simulation.stack('web').group.refreshes?.[0]?.status).toBe('Cancelled');
    expect(simulation.stack('web').group.running()).toEqual({
      [simulation.newImage]: 1,
      [simulation.previousImage]: 2,
    });
  });
});
