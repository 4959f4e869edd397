import type { World } from '../world.ts';
import { publishRefreshEvent } from './group-events.ts';
import type { SimRefresh } from './sim-group.ts';
import type { SimStack } from './sim-stack.ts';

const events = { Successful: 'Succeeded', Failed: 'Failed', Cancelled: 'Cancelled' } as const;

/** Opens the record of an instance refresh and announces it. */
export const openRefresh = (world: World, stack: SimStack): SimRefresh => {
  const { group } = stack;
  const refresh: SimRefresh = {
    id: `08b91cf7-0000-4000-8000-${world.nextId().toString(16).padStart(12, '0')}`,
    startedAt: Date.now(),
    instancesToUpdate: group.instances.filter(({ imageId }) => imageId !== group.launchImage).length,
    status: 'InProgress',
    reason: undefined,
    endedAt: undefined,
  };
  (group.refreshes ??= []).push(refresh);
  publishRefreshEvent(world, stack, 'Started', refresh);
  return refresh;
};

/** Ends it and announces that. */
export const closeRefresh = (
  world: World,
  stack: SimStack,
  refresh: SimRefresh,
  status: 'Successful' | 'Failed' | 'Cancelled',
  reason?: string,
): void => {
  refresh.status = status;
  refresh.reason = reason;
  refresh.endedAt = Date.now();
  publishRefreshEvent(world, stack, events[status], refresh);
};
