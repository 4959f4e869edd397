import { startUpdate } from '../cloudformation/stack-update.ts';
import { faultTimes } from '../model.ts';
import { IMAGE_PARAMETER, type SimStack } from '../state/sim-stack.ts';
import type { World } from '../world.ts';

const busy = (stack: SimStack): boolean => stack.status.endsWith('_IN_PROGRESS');

/** Somebody else's operation that changes nothing and takes ten minutes; nothing happens to a stack that is busy. */
export const holdStack = (world: World, stack: SimStack): void => {
  if (busy(stack)) return;
  startUpdate(world, stack, {
    settings: stack.settings,
    token: `foreign-hold-${world.nextId()}`,
    request: '',
    ours: false,
    ms: faultTimes.foreignHold,
  });
};

/**
 * Somebody else moves the stack to another image: its parameter, or the SSM parameter it reads. Waits while the stack is
 * busy.
 */
export const updateToForeignImage = (world: World, stack: SimStack, image: string): void => {
  if (busy(stack)) {
    setTimeout(() => updateToForeignImage(world, stack, image), faultTimes.foreignUpdate / 2);
    return;
  }
  const { parameters, resolved } = stack.settings;
  const parameterName = stack.imageParameterName;
  if (parameterName !== undefined) {
    world.target(stack.account, stack.region).parameters.get(parameterName)?.preset(image, Date.now());
  }
  // Launches read the SSM parameter by themselves: nobody has to update the stack.
  if (stack.group.resolveAtLaunch !== undefined) return;
  startUpdate(world, stack, {
    settings:
      parameterName === undefined
        ? { ...stack.settings, parameters: { ...parameters, [IMAGE_PARAMETER]: image } }
        : { ...stack.settings, resolved: { ...resolved, [IMAGE_PARAMETER]: image } },
    token: `foreign-update-${world.nextId()}`,
    request: '',
    ours: false,
    ms: faultTimes.foreignUpdate,
  });
};

/**
 * Somebody else updates the stack without rollback, and that fails: the stack stands in UPDATE_FAILED with the image it
 * had. Nothing happens to a stack that is busy.
 */
export const leaveUpdateFailed = (world: World, stack: SimStack): void => {
  if (busy(stack)) return;
  startUpdate(world, stack, {
    settings: stack.settings,
    token: `foreign-failure-${world.nextId()}`,
    request: '',
    ours: false,
    ms: faultTimes.foreignUpdate,
    disableRollback: true,
    downstreamRefusal: 'Resource handler returned message: "Invalid request provided"',
  });
};
