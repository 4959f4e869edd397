import type { Target } from '../../../domain/target.ts';

/** Where most tests happen. */
export const here: Target = { account: '100000000001', region: 'eu-west-1' };
export const there: Target = { account: '100000000002', region: 'us-east-1' };
export const hub: Target = { account: '111122223333', region: 'eu-west-1' };

/** The image that stacks come from, the one they go to, and one that somebody else brings. */
export const oldImage = 'ami-00000000000000001';
export const newImage = 'ami-00000000000000002';
export const foreignImage = 'ami-00000000000000003';

export const stackIdOf = (name: string, { account, region }: Target = here): string =>
  `arn:aws:cloudformation:${region}:${account}:stack/${name}/6f1e`;
export const groupArnOf = (name: string, { account, region }: Target = here): string =>
  `arn:aws:autoscaling:${region}:${account}:autoScalingGroup:6f1e:autoScalingGroupName/${name}`;
