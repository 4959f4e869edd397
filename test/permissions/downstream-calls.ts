import { readFileSync, readdirSync } from 'node:fs';
import { parseTemplate } from '../../domain/template/parse.ts';

/**
 * What CloudFormation calls, with the rights of its caller or of the stack's service role, when it changes a resource
 * because of a new image. Collected from the resource types' documentation and schemas.
 */
const byType: Readonly<Record<string, readonly string[]>> = {
  'AWS::EC2::LaunchTemplate': [
    'ec2:CreateLaunchTemplateVersion',
    'ec2:DescribeLaunchTemplates',
    'ec2:DescribeLaunchTemplateVersions',
  ],
  'AWS::AutoScaling::AutoScalingGroup': [
    'autoscaling:UpdateAutoScalingGroup',
    'autoscaling:DescribeAutoScalingGroups',
    'autoscaling:DescribeScalingActivities',
    'autoscaling:DescribeTags',
    'ec2:RunInstances',
    'iam:PassRole',
  ],
};

const byUpdatePolicy: Readonly<Record<string, readonly string[]>> = {
  AutoScalingRollingUpdate: [
    'autoscaling:SuspendProcesses',
    'autoscaling:ResumeProcesses',
    'autoscaling:SetDesiredCapacity',
    'autoscaling:TerminateInstanceInAutoScalingGroup',
    'autoscaling:DescribeScheduledActions',
  ],
  AutoScalingInstanceRefresh: [
    'autoscaling:StartInstanceRefresh',
    'autoscaling:DescribeInstanceRefreshes',
    'autoscaling:CancelInstanceRefresh',
    'autoscaling:RollbackInstanceRefresh',
    'cloudwatch:DescribeAlarms',
  ],
};

const folder = new URL('../../examples/stacks/', import.meta.url);

/** The example stacks, and what CloudFormation calls when the image of each is changed. */
export const examples = (): readonly { readonly file: string; readonly actions: readonly string[] }[] =>
  readdirSync(folder)
    .filter((file) => file.endsWith('.yaml'))
    .map((file) => {
      const { parameters, resources } = parseTemplate(readFileSync(new URL(file, folder), 'utf8'));
      const readsParameters = [...parameters.values()].some(({ type }) =>
        type.startsWith('AWS::SSM::Parameter::Value'),
      );
      const actions = [...resources.values()].flatMap(({ type, updatePolicy }) => [
        ...(byType[type] ?? []),
        ...Object.keys(updatePolicy ?? {}).flatMap((policy) => byUpdatePolicy[policy] ?? []),
      ]);
      return { file, actions: [...new Set([...actions, ...(readsParameters ? ['ssm:GetParameters'] : [])])] };
    })
    .filter(({ actions }) => actions.length > 0);
