import type { Ports } from '../../domain/ports/index.ts';

type TargetPorts = Pick<
  Ports,
  'alarms' | 'forwarding' | 'groups' | 'images' | 'keys' | 'parameters' | 'stacks' | 'targetGroups'
>;

/** The actions behind the calls of each port, and of every call: one that is missing does not compile. */
type Actions = { readonly [P in keyof TargetPorts]: Readonly<Record<keyof TargetPorts[P], readonly string[]>> };

/** What calls do in the accounts of the stacks; empty: the call is made in the hub's own account only. */
export const targetActions = {
  alarms: {
    states: ['cloudwatch:DescribeAlarms'],
    wentOff: ['cloudwatch:DescribeAlarmHistory'],
    data: ['cloudwatch:DescribeAlarms', 'cloudwatch:GetMetricData'],
  },
  forwarding: {
    rules: ['events:ListRuleNamesByTarget', 'events:DescribeRule'],
    busPolicy: [],
  },
  groups: {
    ofStacks: ['autoscaling:DescribeAutoScalingGroups', 'ec2:DescribeInstances'],
    startRefresh: ['autoscaling:StartInstanceRefresh', 'autoscaling:DescribeInstanceRefreshes'],
    trouble: ['autoscaling:DescribeInstanceRefreshes', 'autoscaling:DescribeScalingActivities'],
    cancelRefresh: ['autoscaling:CancelInstanceRefresh'],
  },
  images: {
    find: ['ec2:DescribeImages'],
    findByName: ['ec2:DescribeImages'],
    findByTags: ['ec2:DescribeImages'],
    findCopies: ['ec2:DescribeImages'],
    fromImageBuilder: ['imagebuilder:GetImage'],
    launchPermission: [],
    tag: [],
    untag: [],
    protect: [],
    unprotect: [],
    deprecate: [],
  },
  keys: {
    ofImage: [],
    find: ['kms:DescribeKey'],
  },
  parameters: {
    find: ['ssm:GetParameter'],
    // A value of type aws:ec2:image is validated with the writer's rights.
    putImage: ['ssm:PutParameter', 'ec2:DescribeImages'],
    remove: ['ssm:DeleteParameter'],
  },
  stacks: {
    list: ['cloudformation:DescribeStacks'],
    find: ['cloudformation:DescribeStacks'],
    template: ['cloudformation:GetTemplate'],
    update: ['cloudformation:UpdateStack'],
    createChangeSet: ['cloudformation:CreateChangeSet'],
    changeSet: ['cloudformation:DescribeChangeSet'],
    deleteChangeSet: ['cloudformation:DeleteChangeSet'],
    continueRollback: ['cloudformation:ContinueUpdateRollback'],
    rollback: ['cloudformation:RollbackStack'],
    stuckResources: ['cloudformation:DescribeStackEvents'],
    rootCause: ['cloudformation:DescribeStackEvents'],
  },
  targetGroups: {
    health: ['elasticloadbalancing:DescribeTargetHealth'],
  },
} as const satisfies Actions;

/** Actions that can be bound to stacks by their tags. */
export const stackActions: ReadonlySet<string> = new Set([
  'cloudformation:GetTemplate',
  'cloudformation:UpdateStack',
  'cloudformation:CreateChangeSet',
  'cloudformation:DescribeChangeSet',
  'cloudformation:DeleteChangeSet',
  'cloudformation:ContinueUpdateRollback',
  'cloudformation:RollbackStack',
  'cloudformation:DescribeStackEvents',
]);

/** Actions that can be bound to Auto Scaling groups by their tags. */
export const groupActions: ReadonlySet<string> = new Set([
  'autoscaling:StartInstanceRefresh',
  'autoscaling:CancelInstanceRefresh',
]);

/** Actions on the builds of Image Builder. */
export const buildActions: ReadonlySet<string> = new Set(['imagebuilder:GetImage']);

/** Actions on KMS keys. */
export const keyActions: ReadonlySet<string> = new Set(['kms:DescribeKey']);

/** Actions on SSM parameters. */
export const parameterActions: ReadonlySet<string> = new Set([
  'ssm:GetParameter',
  'ssm:PutParameter',
  'ssm:DeleteParameter',
]);
