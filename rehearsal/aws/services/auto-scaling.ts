import type {
  AutoScalingGroup,
  DescribeAutoScalingGroupsCommandInput,
  DescribeAutoScalingGroupsCommandOutput,
  DescribeScalingActivitiesCommandInput,
  DescribeScalingActivitiesCommandOutput,
} from '@aws-sdk/client-auto-scaling';
import type { Call, Operations, Reply } from '../call.ts';
import { matchesFilters } from '../filters.ts';
import { autoScaling as model } from '../model.ts';
import { page } from '../page.ts';
import { SimulatedError } from '../simulated-error.ts';
import type { SimStack } from '../state/sim-stack.ts';
import type { World } from '../world.ts';
import { instanceRefreshes } from './instance-refreshes.ts';

const STACK_TAG = 'tag:aws:cloudformation:stack-id';

const tags = (stack: SimStack): [string, string][] => [
  ['aws:cloudformation:stack-id', stack.id],
  ['aws:cloudformation:stack-name', stack.name],
  ['aws:cloudformation:logical-id', stack.settings.template.groupLogicalId],
  ...Object.entries(stack.settings.tags),
];

const show = (stack: SimStack, withInstances: boolean): AutoScalingGroup => ({
  AutoScalingGroupName: stack.group.name,
  AutoScalingGroupARN: stack.group.arn,
  LaunchTemplate: { LaunchTemplateId: `lt-${stack.group.name}`, LaunchTemplateName: stack.name, Version: '1' },
  MinSize: stack.group.instances.length,
  MaxSize: stack.group.instances.length * 2,
  DesiredCapacity: stack.group.instances.length,
  DefaultCooldown: 300,
  AvailabilityZones: [`${stack.region}a`],
  ...(stack.group.targetGroupArn !== undefined && {
    TargetGroupARNs: [stack.group.targetGroupArn],
    TrafficSources: [{ Identifier: stack.group.targetGroupArn, Type: 'elbv2' }],
  }),
  HealthCheckType: 'EC2',
  HealthCheckGracePeriod: 60,
  CreatedTime: new Date(stack.createdAt),
  NewInstancesProtectedFromScaleIn: false,
  // ImageId is left out on purpose: the API shows it for AMI overrides and root volume replacements only.
  Instances: withInstances
    ? stack.group.instances.map((instance) => ({
        InstanceId: instance.id,
        AvailabilityZone: `${stack.region}a`,
        LifecycleState: instance.lifecycle,
        HealthStatus: instance.healthy ? 'Healthy' : 'Unhealthy',
        ProtectedFromScaleIn: false,
      }))
    : [],
  Tags: tags(stack).map(([Key, Value]) => ({
    Key,
    Value,
    ResourceId: stack.group.name,
    ResourceType: 'auto-scaling-group',
    PropagateAtLaunch: true,
  })),
});

/** One tag filter on one group. `tag-key` and `tag-value` look at all tags: their first match stands for them. */
const matchesGroup = (stack: SimStack, { Name = '', Values = [] }: { Name?: string; Values?: string[] }): boolean => {
  if (Name === 'tag-key') return tags(stack).some(([key]) => Values.includes(key));
  if (Name === 'tag-value') return tags(stack).some(([, value]) => Values.includes(value));
  if (!Name.startsWith('tag:')) throw new SimulatedError('ValidationError', `Invalid filter name ${Name}`);
  const key = Name.slice(4);
  return matchesFilters(stack, [{ Name, Values }], (one) => tags(one).find(([name]) => name === key)?.[1]);
};

/** EC2 Auto Scaling: one group per stack, tagged with the stack's id. */
export const autoScaling = (world: World): Operations => {
  const describeGroups = (
    input: DescribeAutoScalingGroupsCommandInput,
    call: Call,
  ): Reply<DescribeAutoScalingGroupsCommandOutput> => {
    const target = world.target(call.account, call.region);
    const filters = (input.Filters ?? []).map(({ Name = '', Values = [] }) => ({ Name, Values }));
    const byStack = filters.find(({ Name }) => Name === STACK_TAG);
    const names = input.AutoScalingGroupNames ?? [];
    const candidates =
      names.length > 0
        ? names.flatMap((name) => target.groupByName.get(name) ?? [])
        : byStack !== undefined
          ? byStack.Values.flatMap((id) => target.stackById.get(id) ?? [])
          : target.stacks;
    const wanted =
      filters.length === 0
        ? candidates
        : candidates.filter((stack) => filters.every((one) => matchesGroup(stack, one)));
    const size = Math.min(input.MaxRecords ?? model.defaultPageSize, model.pageSize);
    const { items, next } = page(wanted, input.NextToken, size);
    return {
      AutoScalingGroups: items.map((stack) => show(stack, input.IncludeInstances !== false)),
      ...(next && { NextToken: next }),
    };
  };
  /** Launches are on record where they have failed to become healthy. */
  const describeActivities = (
    input: DescribeScalingActivitiesCommandInput,
    { account, region }: Call,
  ): Reply<DescribeScalingActivitiesCommandOutput> => {
    const group = world.target(account, region).group(input.AutoScalingGroupName ?? '');
    const sick = group?.instances.filter(({ healthy }) => !healthy) ?? [];
    return {
      Activities: sick.toReversed().map(({ id, launchedAt }) => ({
        ActivityId: `activity-${id}`,
        AutoScalingGroupName: group?.name,
        Description: `Launching a new EC2 instance: ${id}`,
        Cause: 'an instance was started in response to a difference between desired and actual capacity',
        StartTime: new Date(launchedAt),
        StatusCode: 'Failed' as const,
        StatusMessage: `Instance ${id} failed to complete its launch: it is unhealthy`,
      })),
    };
  };
  return {
    DescribeScalingActivities: describeActivities,
    DescribeAutoScalingGroups: describeGroups,
    ...instanceRefreshes(world),
  };
};
