import {
  AutoScalingClient,
  CancelInstanceRefreshCommand,
  DescribeScalingActivitiesCommand,
  DescribeInstanceRefreshesCommand,
  StartInstanceRefreshCommand,
  type AutoScalingGroup,
  type InstanceRefresh,
  type RefreshPreferences as NativePreferences,
} from '@aws-sdk/client-auto-scaling';
import type { GroupFacts, Groups, Refresh, RefreshPreferences } from '../../domain/ports/groups.ts';
import { targetName, type Target } from '../../domain/target.ts';
import { call, isRefused } from './errors.ts';
import { imagesOfInstances } from './instance-images.ts';
import type { Sessions } from './sessions.ts';
import { groupsOfStacks, logicalIdTag, stackIdTag } from './stack-groups.ts';

const inServiceIds = ({ Instances = [] }: AutoScalingGroup): string[] =>
  Instances.flatMap(({ InstanceId, LifecycleState, HealthStatus }) =>
    InstanceId !== undefined && LifecycleState === 'InService' && HealthStatus?.toLowerCase() === 'healthy'
      ? [InstanceId]
      : [],
  );

/** Where the group's instances take traffic from. Newer groups name it as a traffic source, older ones as a target group. */
const targetGroupsOf = ({ TargetGroupARNs = [], TrafficSources = [] }: AutoScalingGroup): readonly string[] => [
  ...new Set([
    ...TargetGroupARNs,
    ...TrafficSources.map(({ Identifier = '' }) => Identifier).filter((name) =>
      name.includes(':elasticloadbalancing:'),
    ),
  ]),
];

const groupFacts = (group: AutoScalingGroup, images: ReadonlyMap<string, string>): GroupFacts => {
  const inService: Record<string, number> = {};
  // An instance that EC2 does not describe (any more) proves nothing and stays unsettled.
  const proven = inServiceIds(group).flatMap((id) => images.get(id) ?? []);
  for (const image of proven) inService[image] = (inService[image] ?? 0) + 1;
  return {
    name: group.AutoScalingGroupName ?? '',
    arn: group.AutoScalingGroupARN ?? '',
    stackId: group.Tags?.find(({ Key }) => Key === stackIdTag)?.Value ?? '',
    logicalId: group.Tags?.find(({ Key }) => Key === logicalIdTag)?.Value ?? '',
    desired: group.DesiredCapacity ?? 0,
    inService,
    targetGroups: targetGroupsOf(group),
    unsettled: (group.Instances?.length ?? 0) - proven.length,
    instances: (group.Instances ?? []).map(({ InstanceId = '', LifecycleState = '', HealthStatus }) => ({
      id: InstanceId,
      image: images.get(InstanceId) ?? null,
      state: HealthStatus?.toLowerCase() === 'unhealthy' ? `${LifecycleState}, unhealthy` : LifecycleState,
    })),
  };
};

const refreshFacts = ({ InstanceRefreshId, Status, StatusReason }: InstanceRefresh): Refresh => ({
  id: InstanceRefreshId ?? '',
  status: Status ?? '',
  reason: StatusReason ?? '',
  started: false,
});

const running: ReadonlySet<string> = new Set(['Pending', 'InProgress', 'Cancelling', 'RollbackInProgress', 'Baking']);

/**
 * No rollback of its own: it works only while the refresh runs, never for images by SSM alias, and our restore does it
 * for all stacks alike. Matching instances are replaced too, because an SSM alias changes no launch template version.
 * {@link https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_RefreshPreferences.html}
 */
const inputPreferences = (preferences: RefreshPreferences): NativePreferences => {
  const { minHealthyPercent, maxHealthyPercent, checkpointPercents, checkpointDelayMinutes } = preferences;
  return {
    MinHealthyPercentage: minHealthyPercent,
    MaxHealthyPercentage: maxHealthyPercent,
    SkipMatching: false,
    AutoRollback: false,
    // The last one says how many are replaced at all.
    ...(checkpointPercents.length === 0
      ? {}
      : { CheckpointPercentages: [...checkpointPercents, 100], CheckpointDelay: checkpointDelayMinutes * 60 }),
  };
};

/**
 * Auto Scaling groups and their instance refreshes.
 * {@link https://docs.aws.amazon.com/autoscaling/ec2/userguide/asg-instance-refresh.html}
 */
export const awsGroups = (sessions: Sessions): Groups => {
  const refreshes = async (target: Target, groupName: string): Promise<InstanceRefresh[]> => {
    const { InstanceRefreshes = [] } = await call(
      `DescribeInstanceRefreshes of ${groupName} in ${targetName(target)}`,
      () =>
        sessions
          .client(AutoScalingClient, target)
          .send(new DescribeInstanceRefreshesCommand({ AutoScalingGroupName: groupName })),
    );
    return InstanceRefreshes;
  };

  return {
    ofStacks: async (target, stackIds) => {
      const groups = await groupsOfStacks(sessions.client(AutoScalingClient, target), target, stackIds);
      const images = await imagesOfInstances(sessions, target, groups.flatMap(inServiceIds));
      return groups.map((group) => groupFacts(group, images));
    },

    startRefresh: async (target, groupName, preferences) => {
      try {
        const { InstanceRefreshId = '' } = await call(
          `StartInstanceRefresh of ${groupName} in ${targetName(target)}`,
          () =>
            sessions.client(AutoScalingClient, target).send(
              new StartInstanceRefreshCommand({
                AutoScalingGroupName: groupName,
                Preferences: inputPreferences(preferences),
              }),
            ),
        );
        return { id: InstanceRefreshId, status: 'Pending', reason: '', started: true };
      } catch (error) {
        if (!isRefused(error, 'InstanceRefreshInProgressFault', 'InstanceRefreshInProgress')) throw error;
        const current = (await refreshes(target, groupName)).find(({ Status = '' }) => running.has(Status));
        if (current === undefined) throw error;
        return refreshFacts(current);
      }
    },

    trouble: async (target, groupName) => {
      const [last] = await refreshes(target, groupName);
      // Newest first; a failure further back than a page is not what instances are missing for now.
      const { Activities = [] } = await call(`DescribeScalingActivities of ${groupName} in ${targetName(target)}`, () =>
        sessions
          .client(AutoScalingClient, target)
          .send(new DescribeScalingActivitiesCommand({ AutoScalingGroupName: groupName, MaxRecords: 20 })),
      );
      const failed = Activities.find(({ StatusCode }) => StatusCode === 'Failed');
      return [
        ...(last?.StatusReason === undefined ? [] : [`its last refresh: ${last.StatusReason}`]),
        ...(failed === undefined
          ? []
          : [
              `its last failed activity: ${failed.StatusMessage ?? failed.Description ?? failed.Cause ?? 'no reason given'}`,
            ]),
      ];
    },

    cancelRefresh: async (target, groupName) => {
      try {
        await call(`CancelInstanceRefresh of ${groupName} in ${targetName(target)}`, () =>
          sessions
            .client(AutoScalingClient, target)
            .send(new CancelInstanceRefreshCommand({ AutoScalingGroupName: groupName })),
        );
      } catch (error) {
        if (!isRefused(error, 'ActiveInstanceRefreshNotFoundFault', 'ActiveInstanceRefreshNotFound')) throw error;
      }
    },
  };
};
