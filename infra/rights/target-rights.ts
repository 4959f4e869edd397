import type { Uses } from '../handlers.ts';
import { stackTags } from '../../domain/words.ts';
import { downstreamRights } from './downstream-rights.ts';
import type { Right } from './right.ts';

/** The account whose stacks, groups, parameters and alarms are meant, as it appears in ARNs. */
export interface TargetAccount {
  readonly partition: string;
  readonly account: string;
}

/** What handlers do in the accounts of the stacks. */
export type TargetUses = Pick<Uses, 'alarms' | 'groups' | 'parameters' | 'stacks' | 'images'>;

/** Everything that any handler does in a member account: what the role there may do. */
export const everyTargetUse = {
  alarms: ['states', 'wentOff'],
  groups: ['ofStacks', 'startRefresh'],
  images: ['find'],
  parameters: ['find', 'putImage'],
  stacks: ['list', 'find', 'template', 'update', 'continueRollback', 'rootCause'],
} as const satisfies TargetUses;

const lists = 'These calls list or describe, and AWS knows no resource for them.';
const optedIn = { Null: { [`aws:ResourceTag/${stackTags.family}`]: 'false' } };
const optedInBecause = `Any stack of the account, but only if it carries the tag ${stackTags.family}.`;

/**
 * The rights for these calls in one account, in all its regions. What writes is bound to the tag by which a stack opts
 * in; CloudFormation puts a stack's tags on its Auto Scaling groups as well.
 *
 * @param parameters - The SSM parameters that may be read and written, as a path pattern without the first slash.
 */
export const targetRights = (
  { partition, account }: TargetAccount,
  uses: TargetUses,
  parameters = '*',
): readonly Right[] => {
  const { alarms = [], groups = [], images = [], parameters: ofParameters = [], stacks = [] } = uses;
  const stack = [`arn:${partition}:cloudformation:*:${account}:stack/*`];
  const group = [`arn:${partition}:autoscaling:*:${account}:autoScalingGroup:*:autoScalingGroupName/*`];
  const parameter = [`arn:${partition}:ssm:*:${account}:parameter/${parameters}`];
  const has = <T>(calls: readonly T[], ...wanted: readonly T[]): boolean => wanted.some((call) => calls.includes(call));
  const writesStacks = has(stacks, 'update', 'continueRollback');

  const described = [
    ...(has(alarms, 'states') ? ['cloudwatch:DescribeAlarms'] : []),
    ...(has(alarms, 'wentOff') ? ['cloudwatch:DescribeAlarmHistory'] : []),
    ...(has(groups, 'ofStacks') ? ['autoscaling:DescribeAutoScalingGroups', 'ec2:DescribeInstances'] : []),
    ...(has(groups, 'startRefresh', 'refresh') ? ['autoscaling:DescribeInstanceRefreshes'] : []),
    // A parameter of type aws:ec2:image is validated with the writer's rights.
    ...(has(images, 'find', 'findByTags', 'findCopies') || has(ofParameters, 'putImage') ? ['ec2:DescribeImages'] : []),
    ...(has(stacks, 'list', 'find') ? ['cloudformation:DescribeStacks'] : []),
  ];
  const ofStacks = [
    ...(has(stacks, 'template') ? ['cloudformation:GetTemplate'] : []),
    ...(has(stacks, 'rootCause') ? ['cloudformation:DescribeStackEvents'] : []),
    ...(has(stacks, 'update') ? ['cloudformation:UpdateStack'] : []),
    ...(has(stacks, 'continueRollback') ? ['cloudformation:ContinueUpdateRollback'] : []),
  ];
  const onParameters = [
    ...(has(ofParameters, 'find') ? ['ssm:GetParameter'] : []),
    ...(has(ofParameters, 'putImage') ? ['ssm:PutParameter'] : []),
  ];
  const rights: Right[] = [
    { actions: described, resources: ['*'], because: lists },
    { actions: ofStacks, resources: stack, conditions: optedIn, because: optedInBecause },
    {
      actions: has(groups, 'startRefresh') ? ['autoscaling:StartInstanceRefresh'] : [],
      resources: group,
      conditions: optedIn,
      because: optedInBecause,
    },
    {
      actions: onParameters,
      resources: parameter,
      because: 'Stacks name the parameters they read; which ones is known when a campaign finds the stacks.',
    },
  ];
  return [
    ...rights.filter(({ actions }) => actions.length > 0),
    ...(writesStacks ? downstreamRights({ partition, account }) : []),
  ];
};
