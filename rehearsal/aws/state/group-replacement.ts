import { autoScaling } from '../model.ts';
import type { World } from '../world.ts';
import { publishInstanceEvent } from './group-events.ts';
import { instanceId } from './instance-rollout.ts';
import { SimGroup, type SimInstance } from './sim-group.ts';
import type { SimStack } from './sim-stack.ts';

/**
 * Puts a new group with new instances in the place of the stack's, as a replacing update does. The old group serves until
 * the new instances are in service, and is gone then.
 */
export const replaceGroup = (world: World, stack: SimStack, image: string): void => {
  const old = stack.group;
  const sick = stack.faults?.unhealthy === true && world.newImage.get(stack.region) === image;
  const instances = old.instances.map((): SimInstance => ({
    id: instanceId(world),
    imageId: image,
    launchedAt: Date.now() - autoScaling.warmup,
    lifecycle: sick ? 'Pending' : 'InService',
    healthy: !sick,
    inServiceAt: Date.now(),
  }));
  const name = `${old.name.replace(/-[^-]*$/, '')}-${world.nextId().toString(36).padStart(12, '0').toUpperCase()}`;
  const fresh = new SimGroup(name, old.arn.replace(old.name, name), image, instances);
  fresh.targetGroupArn = old.targetGroupArn;
  fresh.resolveAtLaunch = old.resolveAtLaunch;
  for (const held of old.held) fresh.held.add(held);
  world.target(stack.account, stack.region).replaceGroup(stack, fresh);
  if (!sick) for (const one of instances) publishInstanceEvent(world, stack, 'Launch Successful', one);
};
