import type { Stack } from '@aws-sdk/client-cloudformation';
import type { StackFacts } from '../../domain/ports/stacks.ts';

/** What `DescribeStacks` says about a stack, in the domain's words. */
export const stackFacts = (stack: Stack): StackFacts => ({
  stackId: stack.StackId ?? '',
  name: stack.StackName ?? '',
  status: stack.StackStatus ?? '',
  statusReason: stack.StackStatusReason ?? '',
  parentId: stack.ParentId ?? null,
  parameters: (stack.Parameters ?? []).map(({ ParameterKey, ParameterValue, ResolvedValue }) => ({
    name: ParameterKey ?? '',
    value: ParameterValue ?? '',
    resolved: ResolvedValue ?? null,
  })),
  tags: Object.fromEntries((stack.Tags ?? []).map(({ Key = '', Value = '' }) => [Key, Value])),
  capabilities: stack.Capabilities ?? [],
  notificationArns: stack.NotificationARNs ?? [],
  roleArn: stack.RoleARN ?? null,
  rollback: {
    triggers: (stack.RollbackConfiguration?.RollbackTriggers ?? []).map(({ Arn, Type }) => ({
      arn: Arn ?? '',
      type: Type ?? '',
    })),
    monitoringMinutes: stack.RollbackConfiguration?.MonitoringTimeInMinutes ?? 0,
  },
});
