import { stackTags } from '../../domain/words.ts';
import type { Uses } from '../handlers/handler.ts';
import { downstreamRights } from './downstream-rights.ts';
import type { Right } from './right.ts';
import {
  buildActions,
  groupActions,
  keyActions,
  parameterActions,
  stackActions,
  targetActions,
} from './target-actions.ts';

/** The account whose stacks, groups, parameters and alarms are meant, as it appears in ARNs. */
export interface TargetAccount {
  readonly partition: string;
  readonly account: string;
}

/** What handlers do in the accounts of the stacks. */
export type TargetUses = Pick<Uses, keyof typeof targetActions>;

/** Everything that any handler may do in a member account: what the role there is for. */
export const everyTargetUse: TargetUses = {
  alarms: ['states', 'wentOff', 'data'],
  forwarding: ['rules'],
  groups: ['ofStacks', 'startRefresh', 'trouble', 'cancelRefresh'],
  images: ['find', 'fromImageBuilder'],
  keys: ['find'],
  parameters: ['find', 'putImage', 'remove'],
  stacks: [
    ...(['list', 'find', 'template', 'createChangeSet', 'changeSet', 'deleteChangeSet'] as const),
    ...(['update', 'continueRollback', 'rollback', 'stuckResources', 'rootCause'] as const),
  ],
  targetGroups: ['health'],
};

const optedIn = {
  conditions: { Null: { [`aws:ResourceTag/${stackTags.family}`]: 'false' } },
  because: `Any of the account, but only if it carries the tag ${stackTags.family}.`,
};

const actionsOf = (uses: TargetUses): readonly string[] => {
  const {
    alarms = [],
    forwarding = [],
    groups = [],
    images = [],
    keys = [],
    parameters = [],
    stacks = [],
    targetGroups = [],
  } = uses;
  const actions: readonly string[] = [
    ...alarms.flatMap((call) => targetActions.alarms[call]),
    ...forwarding.flatMap((call) => targetActions.forwarding[call]),
    ...groups.flatMap((call) => targetActions.groups[call]),
    ...images.flatMap((call) => targetActions.images[call]),
    ...keys.flatMap((call) => targetActions.keys[call]),
    ...parameters.flatMap((call) => targetActions.parameters[call]),
    ...stacks.flatMap((call) => targetActions.stacks[call]),
    ...targetGroups.flatMap((call) => targetActions.targetGroups[call]),
  ];
  return [...new Set(actions)].sort();
};

/**
 * The rights for these calls in one account, in all its regions. What looks into or changes a stack is bound to the tag
 * by which it opts in; CloudFormation puts a stack's tags on its Auto Scaling groups as well.
 *
 * @param parameters - The SSM parameters that may be read and written, as a path pattern without the first slash.
 */
export const targetRights = (
  { partition, account }: TargetAccount,
  uses: TargetUses,
  parameters = '*',
): readonly Right[] => {
  const actions = actionsOf(uses);
  const writes = uses.stacks?.some((call) => ['update', 'continueRollback', 'rollback'].includes(call)) ?? false;
  const bound = [stackActions, groupActions, parameterActions, buildActions, keyActions];
  const rights: Right[] = [
    {
      actions: actions.filter((action) => !bound.some((set) => set.has(action))),
      resources: ['*'],
      because: 'These calls list or describe, and AWS knows no resource for them.',
    },
    {
      actions: actions.filter((action) => stackActions.has(action)),
      resources: [`arn:${partition}:cloudformation:*:${account}:stack/*`],
      ...optedIn,
    },
    {
      actions: actions.filter((action) => groupActions.has(action)),
      resources: [`arn:${partition}:autoscaling:*:${account}:autoScalingGroup:*:autoScalingGroupName/*`],
      ...optedIn,
    },
    {
      actions: actions.filter((action) => buildActions.has(action)),
      resources: [`arn:${partition}:imagebuilder:*:${account}:image/*`],
      because: 'Any build of the account may be announced by its event.',
    },
    {
      actions: actions.filter((action) => keyActions.has(action)),
      resources: [`arn:${partition}:kms:*:*:key/*`],
      because: 'Which key an image is encrypted under is known with the image, and it is the key of its owner.',
    },
    {
      actions: actions.filter((action) => parameterActions.has(action)),
      resources: [`arn:${partition}:ssm:*:${account}:parameter/${parameters}`],
      because: 'Stacks name the parameters that they read; a campaign learns them when it finds the stacks.',
    },
  ];
  return [
    ...rights.filter((right) => right.actions.length > 0),
    ...(writes ? downstreamRights({ partition, account }) : []),
  ];
};
