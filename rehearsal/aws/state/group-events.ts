import type { World } from '../world.ts';
import type { SimInstance, SimRefresh } from './sim-group.ts';
import type { SimStack } from './sim-stack.ts';

/**
 * Events of EC2 Auto Scaling about one instance.
 * https://docs.aws.amazon.com/autoscaling/ec2/userguide/ec2-auto-scaling-event-reference.html
 */
export const publishInstanceEvent = (
  world: World,
  stack: SimStack,
  what: 'Launch Successful' | 'Launch Unsuccessful' | 'Terminate Successful',
  instance: Pick<SimInstance, 'id'> | undefined,
  statusMessage = '',
): void => {
  const { account, region, group } = stack;
  world.publish(
    {
      source: 'aws.autoscaling',
      'detail-type': `EC2 Instance ${what}`,
      account,
      region,
      resources: [group.arn, ...(instance ? [`arn:aws:ec2:${region}:${account}:instance/${instance.id}`] : [])],
      detail: {
        StatusCode: what === 'Launch Unsuccessful' ? 'Failed' : 'InProgress',
        StatusMessage: statusMessage,
        AutoScalingGroupName: group.name,
        EC2InstanceId: instance?.id ?? '',
        Origin: 'EC2',
        Destination: 'AutoScalingGroup',
      },
    },
    stack.faults?.groupEvents,
  );
};

/** Events of an instance refresh. */
export const publishRefreshEvent = (
  world: World,
  stack: SimStack,
  what: 'Started' | 'Succeeded' | 'Failed' | 'Cancelled',
  refresh: SimRefresh,
): void => {
  world.publish(
    {
      source: 'aws.autoscaling',
      'detail-type': `EC2 Auto Scaling Instance Refresh ${what}`,
      account: stack.account,
      region: stack.region,
      resources: [stack.group.arn],
      detail: { InstanceRefreshId: refresh.id, AutoScalingGroupName: stack.group.name },
    },
    stack.faults?.groupEvents,
  );
};
