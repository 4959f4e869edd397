import type { Parameter, Stack } from '@aws-sdk/client-cloudformation';
import type { SimStack } from '../state/sim-stack.ts';

/** A stack as DescribeStacks shows it. */
export const showStack = (stack: SimStack): Stack => {
  const { settings, operations, updatedAt, statusReason } = stack;
  const last = operations.at(-1);
  return {
    StackId: stack.id,
    StackName: stack.name,
    Parameters: Object.entries(settings.parameters).map(([key, value]): Parameter => {
      const resolved = settings.resolved[key];
      return { ParameterKey: key, ParameterValue: value, ...(resolved !== undefined && { ResolvedValue: resolved }) };
    }),
    CreationTime: new Date(stack.createdAt),
    ...(updatedAt !== undefined && { LastUpdatedTime: new Date(updatedAt) }),
    RollbackConfiguration: settings.rollbackConfiguration,
    StackStatus: stack.status,
    ...(statusReason !== undefined && { StackStatusReason: statusReason }),
    DisableRollback: false,
    NotificationARNs: [...settings.notificationArns],
    Capabilities: [...settings.capabilities],
    Tags: Object.entries(settings.tags).map(([Key, Value]) => ({ Key, Value })),
    ...(settings.roleArn !== undefined && { RoleARN: settings.roleArn }),
    EnableTerminationProtection: false,
    DriftInformation: { StackDriftStatus: 'NOT_CHECKED' },
    ...(last && { LastOperations: [{ OperationType: last.type, OperationId: last.id }] }),
  };
};
