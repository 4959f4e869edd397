import type {
  DescribeEventsCommandInput,
  DescribeEventsCommandOutput,
  DescribeStackEventsCommandInput,
  DescribeStackEventsCommandOutput,
  OperationEvent,
  ResourceStatus,
  StackEvent,
} from '@aws-sdk/client-cloudformation';
import type { Call, Operations, Reply } from '../call.ts';
import { cloudFormation as model } from '../model.ts';
import { page } from '../page.ts';
import { validationError } from '../simulated-error.ts';
import type { SimStack, StackMoment, StackOperation } from '../state/sim-stack.ts';
import type { World } from '../world.ts';

const STACK_TYPE = 'AWS::CloudFormation::Stack';

const isFailure = ({ status }: StackMoment): boolean => status === 'UPDATE_FAILED';

const eventId = (operation: StackOperation, nth: number): string => `${operation.id}-${nth}`;

/** What DescribeEvents and DescribeStackEvents both say about a moment. */
const common = (stack: SimStack, operation: StackOperation, moment: StackMoment) =>
  ({
    StackId: stack.id,
    OperationId: operation.id,
    Timestamp: new Date(moment.at),
    LogicalResourceId: moment.resource?.logicalId ?? stack.name,
    PhysicalResourceId: moment.resource === undefined ? stack.id : stack.group.name,
    ResourceType: moment.resource?.type ?? STACK_TYPE,
    ResourceStatus: moment.status as ResourceStatus,
    ...(moment.reason !== undefined && { ResourceStatusReason: moment.reason }),
    ...(operation.token !== undefined && { ClientRequestToken: operation.token }),
  }) as const;

const operationEvents = (stack: SimStack, operation: StackOperation): OperationEvent[] =>
  operation.moments
    .map((moment, nth): OperationEvent => ({
      ...common(stack, operation, moment),
      EventId: eventId(operation, nth),
      OperationType: operation.type,
      OperationStatus: operation.status,
      EventType:
        moment.resource === undefined ? 'STACK_EVENT' : isFailure(moment) ? 'PROVISIONING_ERROR' : 'PROGRESS_EVENT',
    }))
    .reverse();

/** The events of CloudFormation's operations, newest first, as its two APIs tell them. */
export const cloudFormationEvents = (
  world: World,
  find: (call: Call, name: string | undefined) => SimStack,
): Operations => {
  const byOperation = ({ account, region }: Call, id: string): [SimStack, StackOperation] => {
    for (const stack of world.target(account, region).stacks) {
      const operation = stack.operations.find((one) => one.id === id);
      if (operation !== undefined) return [stack, operation];
    }
    throw validationError(`Operation ${id} does not exist`);
  };

  const describeEvents = (input: DescribeEventsCommandInput, call: Call): Reply<DescribeEventsCommandOutput> => {
    let all: OperationEvent[];
    if (input.OperationId === undefined) {
      const stack = find(call, input.StackName);
      all = stack.operations.toReversed().flatMap((operation) => operationEvents(stack, operation));
    } else {
      all = operationEvents(...byOperation(call, input.OperationId));
    }
    const failedOnly = input.Filters?.FailedEvents === true;
    const wanted = failedOnly ? all.filter(({ ResourceStatus }) => ResourceStatus?.endsWith('FAILED')) : all;
    const { items, next } = page(wanted, input.NextToken, model.pageSize);
    return { OperationEvents: [...items], ...(next && { NextToken: next }) };
  };

  const describeStackEvents = (
    input: DescribeStackEventsCommandInput,
    call: Call,
  ): Reply<DescribeStackEventsCommandOutput> => {
    const stack = find(call, input.StackName);
    const all = stack.operations.toReversed().flatMap((operation) =>
      operation.moments
        .map((moment, nth): StackEvent => ({
          ...common(stack, operation, moment),
          EventId: eventId(operation, nth),
          StackName: stack.name,
        }))
        .reverse(),
    );
    const { items, next } = page(all, input.NextToken, model.pageSize);
    return { StackEvents: [...items], ...(next && { NextToken: next }) };
  };

  return { DescribeEvents: describeEvents, DescribeStackEvents: describeStackEvents };
};
