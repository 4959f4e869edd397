import type { Call } from '../call.ts';
import type { StackSettings } from '../state/sim-stack.ts';
import type { World } from '../world.ts';

/** What CloudFormation does in the caller's name when it moves one of our stacks to another image. */
const downstreamActions = [
  'ec2:CreateLaunchTemplateVersion',
  'ec2:RunInstances',
  'autoscaling:UpdateAutoScalingGroup',
  'iam:PassRole',
] as const;

/**
 * A stack without a service role is updated with the caller's rights for every downstream action. Returns why they do
 * not suffice, or `undefined`. https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/using-iam-servicerole.html
 */
export const downstreamRefusal = (world: World, call: Call, settings: StackSettings): string | undefined => {
  if (settings.roleArn !== undefined) return undefined;
  const who = call.roleArn ?? 'The caller';
  if (!world.hasDownstreamRights(call.roleArn)) {
    return `Resource handler returned message: "You are not authorized to perform this operation. User: ${who} is not authorized to perform: ec2:RunInstances"`;
  }
  for (const action of downstreamActions) {
    const reason = world.authorize?.(call, action);
    if (reason !== undefined) return `Resource handler returned message: "${reason}"`;
  }
  return undefined;
};
