import type { StackRecord } from '../records/stack-record.ts';
import { targetName } from '../target.ts';

/** What whoever approves should know of a stack whose launches read the parameter; null for every other one. */
export const scaleOutWarning = (
  stack: Pick<StackRecord, 'stackName' | 'account' | 'region' | 'ring' | 'readBy' | 'ssmParameter'>,
): string | null =>
  stack.readBy === 'launch'
    ? `${stack.stackName} in ${targetName(stack)} launches from SSM parameter ${stack.ssmParameter ?? ''}: as soon as ring ${stack.ring} writes it, any scale-out starts the new image, before the refresh has shown that it is good`
    : null;
