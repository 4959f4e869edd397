import type { SimStack, StackOperation } from '../state/sim-stack.ts';
import type { World } from '../world.ts';

const stranger = '999999999999';

/**
 * Somebody who knows the stack and even the operation's token says that the update has failed: from an account of their
 * own, from another region, of a stack with the same name in another partition, and of the group. EventBridge itself fills
 * in the account and region of an event, so that these cannot be made up.
 */
export const forgeEvents = (world: World, stack: SimStack, operation: StackOperation): void => {
  const { id, account, region, group } = stack;
  const another = world.accounts.find((one) => one !== account) ?? stranger;
  const elsewhere = world.regions.find((one) => one !== region) ?? 'ap-south-1';
  const said = (from: { readonly account: string; readonly region: string }, stackId: string): void =>
    world.publish({
      source: 'aws.cloudformation',
      'detail-type': 'CloudFormation Stack Status Change',
      ...from,
      resources: [stackId],
      detail: {
        'stack-id': stackId,
        'status-details': { status: 'UPDATE_ROLLBACK_COMPLETE', 'status-reason': 'forged' },
        'client-request-token': operation.token ?? '',
      },
    });
  said({ account: another, region }, id);
  said({ account, region: elsewhere }, id);
  said({ account, region }, id.replace('arn:aws:', 'arn:aws-cn:'));
  said({ account: another, region }, id.replace(`:${account}:`, `:${another}:`));
  const refresh = group.refreshes?.at(-1)?.id ?? '00000000-0000-4000-8000-000000000000';
  world.publish({
    source: 'aws.autoscaling',
    'detail-type': 'EC2 Auto Scaling Instance Refresh Failed',
    account: another,
    region,
    resources: [group.arn],
    detail: { InstanceRefreshId: refresh, AutoScalingGroupName: group.name },
  });
};
