import type {
  CancelInstanceRefreshCommandInput,
  CancelInstanceRefreshCommandOutput,
  DescribeInstanceRefreshesCommandInput,
  DescribeInstanceRefreshesCommandOutput,
  InstanceRefresh,
  StartInstanceRefreshCommandInput,
  StartInstanceRefreshCommandOutput,
} from '@aws-sdk/client-auto-scaling';
import type { Call, Operations, Reply } from '../call.ts';
import { autoScaling as model } from '../model.ts';
import { page } from '../page.ts';
import { SimulatedError } from '../simulated-error.ts';
import { InstanceRollout } from '../state/instance-rollout.ts';
import { closeRefresh, openRefresh } from '../state/refresh-record.ts';
import type { SimGroup, SimRefresh } from '../state/sim-group.ts';
import type { SimStack } from '../state/sim-stack.ts';
import type { World } from '../world.ts';

const show = (group: SimGroup, refresh: SimRefresh): InstanceRefresh => {
  const left = group.instances.filter(
    ({ imageId, lifecycle }) => imageId !== group.launchImage || lifecycle === 'Pending',
  );
  const done = refresh.status === 'Successful' ? refresh.instancesToUpdate : refresh.instancesToUpdate - left.length;
  return {
    InstanceRefreshId: refresh.id,
    AutoScalingGroupName: group.name,
    Status: refresh.status,
    ...(refresh.reason !== undefined && { StatusReason: refresh.reason }),
    StartTime: new Date(refresh.startedAt),
    ...(refresh.endedAt !== undefined && { EndTime: new Date(refresh.endedAt) }),
    PercentageComplete: Math.max(0, Math.floor((100 * done) / Math.max(1, refresh.instancesToUpdate))),
    InstancesToUpdate: Math.max(0, refresh.instancesToUpdate - done),
    Strategy: 'Rolling',
  };
};

/** Instance refreshes: instances are replaced with the group's current image, in a time of their own. */
export const instanceRefreshes = (world: World): Operations => {
  const rollouts = new WeakMap<SimRefresh, InstanceRollout>();

  const find = ({ account, region }: Call, name: string | undefined): SimStack => {
    const stack = world.target(account, region).groupByName.get(name ?? '');
    if (stack !== undefined) return stack;
    throw new SimulatedError(
      'ValidationError',
      `AutoScalingGroup name not found - AutoScalingGroup ${name ?? ''} not found`,
    );
  };

  const start = (input: StartInstanceRefreshCommandInput, call: Call): Reply<StartInstanceRefreshCommandOutput> => {
    const stack = find(call, input.AutoScalingGroupName);
    const { group } = stack;
    if (group.activeRefresh() !== undefined) {
      throw new SimulatedError(
        'InstanceRefreshInProgressFault',
        'An Instance Refresh is already in progress and blocks the execution of this Instance Refresh.',
      );
    }
    stack.touched = true;
    const refresh = openRefresh(world, stack);
    const end = (status: 'Successful' | 'Failed', reason?: string): void => {
      if (refresh.endedAt !== undefined || refresh.status === 'Cancelling') return;
      closeRefresh(world, stack, refresh, status, reason);
    };
    const { CheckpointPercentages = [], CheckpointDelay = 3600 } = input.Preferences ?? {};
    if (CheckpointPercentages.some((percent, at) => percent <= (CheckpointPercentages[at - 1] ?? 0) || percent > 100))
      throw new SimulatedError('ValidationError', 'Checkpoint percentages must be unique and in ascending order.');
    const template = group.launchImage;
    const image = group.resolveAtLaunch ?? ((): string => template);
    const rollout = new InstanceRollout(
      world,
      stack,
      image,
      stack.updateMs,
      true,
      { done: () => end('Successful'), failed: (reason) => end('Failed', reason) },
      { percents: CheckpointPercentages.filter((percent) => percent < 100), delayMs: CheckpointDelay * 1000 },
    );
    rollouts.set(refresh, rollout);
    if (stack.faults?.unhealthy === true && group.launchImage === world.newImage.get(stack.region)) {
      setTimeout(() => {
        rollout.cancel();
        end('Failed', 'The replacement instances did not become healthy in time.');
      }, model.refreshGivesUp);
    }
    return { InstanceRefreshId: refresh.id };
  };

  const describe = (
    input: DescribeInstanceRefreshesCommandInput,
    call: Call,
  ): Reply<DescribeInstanceRefreshesCommandOutput> => {
    const { group } = find(call, input.AutoScalingGroupName);
    const asked = input.InstanceRefreshIds ?? [];
    const all = (group.refreshes ?? []).filter(({ id }) => asked.length === 0 || asked.includes(id)).toReversed();
    const { items, next } = page(all, input.NextToken, input.MaxRecords ?? model.defaultPageSize);
    return { InstanceRefreshes: items.map((one) => show(group, one)), ...(next && { NextToken: next }) };
  };

  const cancel = (input: CancelInstanceRefreshCommandInput, call: Call): Reply<CancelInstanceRefreshCommandOutput> => {
    const stack = find(call, input.AutoScalingGroupName);
    const refresh = stack.group.activeRefresh();
    if (refresh === undefined) {
      throw new SimulatedError(
        'ActiveInstanceRefreshNotFoundFault',
        'No in progress or pending Instance Refresh found for Auto Scaling group.',
      );
    }
    if (refresh.status !== 'Cancelling') {
      refresh.status = 'Cancelling';
      stack.touched = true;
      rollouts.get(refresh)?.cancel();
      setTimeout(
        () => closeRefresh(world, stack, refresh, 'Cancelled', 'Cancelled due to user request.'),
        model.cancelling,
      );
    }
    return { InstanceRefreshId: refresh.id };
  };

  return { StartInstanceRefresh: start, DescribeInstanceRefreshes: describe, CancelInstanceRefresh: cancel };
};
