import { cloudFormation } from '../model.ts';
import { InstanceRollout } from '../state/instance-rollout.ts';
import { replacesInstances, type SimStack, type StackOperation, type StackSettings } from '../state/sim-stack.ts';
import type { World } from '../world.ts';
import { noteFailure, setStatus } from './operation-log.ts';
import { settleAlarms } from './settle-alarms.ts';

/** The reason of a failure that a fault, not the world's own state, makes. */
export const injectedFailure =
  'Received 1 FAILURE signal(s) out of 1. Unable to satisfy 100% MinSuccessfulInstancesPercent requirement';

interface RollBack {
  readonly to: StackSettings;
  readonly ms: number;
  readonly fails: boolean;
  /** The resource at which it fails, where that is not the group. */
  readonly stuckAt?: string | undefined;
}

/** Puts a stack's settings and instances back, or gets stuck in UPDATE_ROLLBACK_FAILED. */
export const rollBack = (
  world: World,
  stack: SimStack,
  operation: StackOperation,
  { to, ms, fails, stuckAt }: RollBack,
): void => {
  const reason = `The following resource(s) failed to update: [${to.template.groupLogicalId}]. `;
  stack.settings = to;
  stack.rollbackTo = to;
  setStatus(world, stack, operation, 'UPDATE_ROLLBACK_IN_PROGRESS', reason);
  const image = stack.imageIn(to);
  const displaced =
    replacesInstances(stack.replacement) && stack.group.instances.some(({ imageId }) => imageId !== image);
  const impossible = displaced && !world.images.launchable(stack.region, stack.account, image);
  if (fails || impossible) {
    setTimeout(() => {
      if (stuckAt === undefined)
        noteFailure(stack, operation, impossible ? `The image id '[${image}]' does not exist` : injectedFailure);
      else
        noteFailure(stack, operation, 'Resource of this type was changed outside of CloudFormation', {
          logicalId: stuckAt,
          type: 'AWS::EC2::SecurityGroup',
        });
      operation.status = 'FAILED';
      setStatus(world, stack, operation, 'UPDATE_ROLLBACK_FAILED', reason);
    }, ms);
    return;
  }
  stack.group.launchImage = image;
  const rollout = displaced ? new InstanceRollout(world, stack, () => image, ms * 0.9, false, {}) : undefined;
  setTimeout(() => {
    rollout?.cancel();
    stack.rollbackTo = undefined;
    setStatus(world, stack, operation, 'UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS');
    setTimeout(() => {
      if (operation.type !== 'UPDATE_STACK') operation.status = 'SUCCEEDED';
      setStatus(world, stack, operation, 'UPDATE_ROLLBACK_COMPLETE');
      settleAlarms(world, stack);
    }, cloudFormation.cleanup);
  }, ms);
};
