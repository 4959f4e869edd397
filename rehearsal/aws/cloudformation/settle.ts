import { instanceId } from '../state/instance-rollout.ts';
import { closeRefresh } from '../state/refresh-record.ts';
import { replacesInstances, type SimStack } from '../state/sim-stack.ts';
import type { World } from '../world.ts';
import { setStatus } from './operation-log.ts';
import { settleAlarms } from './settle-alarms.ts';

/** All instances are new ones of what the group launches. */
const replaceInstances = (world: World, { group }: SimStack): void => {
  const image = group.launchImage;
  const now = Date.now();
  group.instances = group.instances.map((instance) =>
    instance.imageId === image
      ? instance
      : {
          id: instanceId(world),
          imageId: image,
          launchedAt: now,
          lifecycle: 'InService',
          inServiceAt: now,
          healthy: true,
        },
  );
  group.held.add(image);
};

const endOperation = (world: World, stack: SimStack): void => {
  const operation = stack.operations.at(-1);
  if (operation === undefined) return;
  const isBack = stack.status.includes('ROLLBACK');
  if (stack.replacement !== 'default') stack.group.launchImage = stack.imageIn(stack.settings);
  if (replacesInstances(stack.replacement)) replaceInstances(world, stack);
  stack.rollbackTo = undefined;
  // An update that was rolled back has failed, and says so already.
  if (!isBack || operation.type !== 'UPDATE_STACK') operation.status = 'SUCCEEDED';
  setStatus(world, stack, operation, isBack ? 'UPDATE_ROLLBACK_COMPLETE' : 'UPDATE_COMPLETE');
  settleAlarms(world, stack);
};

/** Brings what is under way in a stack to its end at once, where the timers that would do it are gone. */
export const settle = (world: World, stack: SimStack): void => {
  if (stack.status.endsWith('_IN_PROGRESS')) endOperation(world, stack);
  const refresh = stack.group.activeRefresh();
  if (refresh !== undefined) {
    replaceInstances(world, stack);
    closeRefresh(world, stack, refresh, refresh.status === 'Cancelling' ? 'Cancelled' : 'Successful');
  }
  for (const instance of stack.group.instances)
    if (instance.lifecycle === 'Pending' && instance.healthy) {
      instance.lifecycle = 'InService';
      instance.inServiceAt = Date.now();
      stack.group.held.add(instance.imageId);
    }
};
