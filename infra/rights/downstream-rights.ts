import type { TargetAccount } from './target-rights.ts';
import type { Right } from './right.ts';

/**
 * What CloudFormation does in the name of whoever updates a stack that has no service role. Only CloudFormation can use
 * these rights (`aws:CalledVia`): the holder cannot change a group or start an instance itself.
 * {@link https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-calledvia}
 */
export const downstreamRights = ({ partition, account }: TargetAccount): readonly Right[] => {
  const viaCloudFormation = { 'ForAnyValue:StringEquals': { 'aws:CalledVia': ['cloudformation.amazonaws.com'] } };
  const because = 'Only CloudFormation may use it, for the resources of the stack that it updates.';
  const inAccount = (service: string, resource: string): string =>
    `arn:${partition}:${service}:*:${account}:${resource}`;

  const readsAndChecks: Right = {
    actions: [
      'autoscaling:DescribeAutoScalingGroups',
      'autoscaling:DescribeAutoScalingInstances',
      'autoscaling:DescribeInstanceRefreshes',
      'autoscaling:DescribeLaunchConfigurations',
      'autoscaling:DescribeLifecycleHooks',
      'autoscaling:DescribeNotificationConfigurations',
      'autoscaling:DescribePolicies',
      'autoscaling:DescribeScalingActivities',
      'autoscaling:DescribeScheduledActions',
      'autoscaling:DescribeTags',
      'autoscaling:DescribeTrafficSources',
      'autoscaling:DescribeWarmPool',
      'cloudwatch:DescribeAlarms',
      'ec2:DescribeImages',
      'ec2:DescribeInstances',
      'ec2:DescribeLaunchTemplates',
      'ec2:DescribeLaunchTemplateVersions',
      'ec2:DescribeTags',
      'ec2:GetLaunchTemplateData',
      'elasticloadbalancing:DescribeTargetHealth',
    ],
    resources: ['*'],
    because,
  };
  // A group that names a launch template is accepted only from somebody who could start its instances.
  const launches: Right = {
    actions: ['ec2:RunInstances', 'ec2:CreateTags'],
    resources: [
      ...['instance', 'launch-template', 'network-interface', 'security-group', 'subnet', 'volume', 'key-pair'].map(
        (type) => inAccount('ec2', `${type}/*`),
      ),
      // Images and public snapshots belong to no account in their ARN; shared subnets and placement groups to another.
      `arn:${partition}:ec2:*::image/*`,
      `arn:${partition}:ec2:*::snapshot/*`,
      `arn:${partition}:ec2:*:*:subnet/*`,
      `arn:${partition}:ec2:*:*:security-group/*`,
      inAccount('ec2', 'placement-group/*'),
    ],
    because,
  };
  const launchTemplates: Right = {
    actions: [
      'ec2:CreateLaunchTemplate',
      'ec2:CreateLaunchTemplateVersion',
      'ec2:DeleteLaunchTemplate',
      'ec2:DeleteLaunchTemplateVersions',
      'ec2:ModifyLaunchTemplate',
    ],
    resources: [inAccount('ec2', 'launch-template/*')],
    because,
  };
  const groups: Right = {
    actions: [
      'autoscaling:AttachLoadBalancerTargetGroups',
      'autoscaling:CancelInstanceRefresh',
      'autoscaling:CreateAutoScalingGroup',
      'autoscaling:CreateOrUpdateTags',
      'autoscaling:DeleteAutoScalingGroup',
      'autoscaling:DeleteTags',
      'autoscaling:EnableMetricsCollection',
      'autoscaling:PutLifecycleHook',
      'autoscaling:PutNotificationConfiguration',
      'autoscaling:PutScalingPolicy',
      'autoscaling:ResumeProcesses',
      'autoscaling:RollbackInstanceRefresh',
      'autoscaling:SetDesiredCapacity',
      'autoscaling:StartInstanceRefresh',
      'autoscaling:SuspendProcesses',
      'autoscaling:TerminateInstanceInAutoScalingGroup',
      'autoscaling:UpdateAutoScalingGroup',
    ],
    resources: [inAccount('autoscaling', 'autoScalingGroup:*:autoScalingGroupName/*')],
    because,
  };
  const launchConfigurations: Right = {
    actions: ['autoscaling:CreateLaunchConfiguration', 'autoscaling:DeleteLaunchConfiguration'],
    resources: [inAccount('autoscaling', 'launchConfiguration:*:launchConfigurationName/*')],
    because,
  };
  const parameters: Right = {
    actions: ['ssm:GetParameter', 'ssm:GetParameters'],
    resources: [inAccount('ssm', 'parameter/*'), `arn:${partition}:ssm:*::parameter/*`],
    because,
  };
  const instanceRoles: Right = {
    actions: ['iam:PassRole'],
    resources: [`arn:${partition}:iam::${account}:role/*`],
    conditions: { StringEquals: { 'iam:PassedToService': 'ec2.amazonaws.com' } },
    because,
  };
  return [readsAndChecks, launches, launchTemplates, groups, launchConfigurations, parameters, instanceRoles].map(
    (right) => ({ ...right, conditions: { ...viaCloudFormation, ...right.conditions } }),
  );
};
