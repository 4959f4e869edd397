import type { OperationType, StackStatus } from '@aws-sdk/client-cloudformation';
import { forgeEvents } from '../faults/forge-events.ts';
import type { SimStack, StackMoment, StackOperation } from '../state/sim-stack.ts';
import type { World } from '../world.ts';

const terminal = /^(UPDATE_COMPLETE|UPDATE_FAILED|UPDATE_ROLLBACK_COMPLETE|UPDATE_ROLLBACK_FAILED)$/;

/** Starts an operation on the stack's record. */
export const openOperation = (
  world: World,
  stack: SimStack,
  type: OperationType,
  request: Pick<StackOperation, 'token' | 'request' | 'ours' | 'restores'>,
): StackOperation => {
  const nth = world.nextId().toString(16).padStart(12, '0');
  const operation: StackOperation = {
    id: `0f0f0f0f-0000-4000-b000-${nth}`,
    type,
    ...request,
    startedAt: Date.now(),
    moments: [],
    status: 'IN_PROGRESS',
  };
  stack.operations.push(operation);
  if (request.ours) stack.touched = true;
  return operation;
};

/** An array that grows by itself has room for more than a dozen; most operations have three moments. */
const note = (operation: StackOperation, moment: StackMoment): void => {
  operation.moments = [...operation.moments, moment];
};

/**
 * Moves the stack to a status: on its record, in the operation's history and as an event with the operation's
 * ClientRequestToken. https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/event-ref-stack-status.html
 */
export const setStatus = (
  world: World,
  stack: SimStack,
  operation: StackOperation,
  status: StackStatus,
  reason?: string,
): void => {
  stack.status = status;
  stack.statusReason = reason;
  stack.updatedAt = Date.now();
  note(operation, { at: Date.now(), status, reason, resource: undefined });
  world.publish(
    {
      source: 'aws.cloudformation',
      'detail-type': 'CloudFormation Stack Status Change',
      account: stack.account,
      region: stack.region,
      resources: [stack.id],
      detail: {
        'stack-id': stack.id,
        'status-details': { status, 'status-reason': reason ?? '' },
        'client-request-token': operation.token ?? '',
      },
    },
    eventFate(world, stack, operation, status),
  );
  if (stack.faults?.eventsForged !== true || !operation.ours) return;
  delete stack.faults.eventsForged;
  forgeEvents(world, stack, operation);
};

/** The fault on the completion event strikes the operation's end, and what might be taken for it. */
const eventFate = (
  world: World,
  stack: SimStack,
  operation: StackOperation,
  status: StackStatus,
): 'lost' | 'duplicated' | 'late' | undefined => {
  const isBack = operation.ours && stack.image !== world.newImage.get(stack.region);
  if (isBack && stack.faults?.restoreEvent !== undefined && operation.restores === true) {
    const { restoreEvent } = stack.faults;
    if (terminal.test(status)) delete stack.faults.restoreEvent;
    else if (!status.endsWith('COMPLETE_CLEANUP_IN_PROGRESS')) return undefined;
    return restoreEvent;
  }
  const fate = operation.ours ? stack.faults?.completionEvent : undefined;
  if (fate === undefined || stack.faults === undefined) return undefined;
  if (terminal.test(status)) delete stack.faults.completionEvent;
  else if (!status.endsWith('COMPLETE_CLEANUP_IN_PROGRESS')) return undefined;
  return fate;
};

/** Notes that the group, or another resource, failed: the root cause that DescribeEvents finds. */
export const noteFailure = (
  stack: SimStack,
  operation: StackOperation,
  reason: string,
  resource: StackMoment['resource'] = {
    logicalId: stack.settings.template.groupLogicalId,
    type: 'AWS::AutoScaling::AutoScalingGroup',
  },
): void => {
  note(operation, { at: Date.now(), status: 'UPDATE_FAILED', reason, resource });
};
