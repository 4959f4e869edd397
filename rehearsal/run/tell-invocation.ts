import type { StackTask } from '../../contracts/shapes.ts';
import type { Table } from '../../domain/ports/table.ts';
import type { StackRecord } from '../../domain/records/stack-record.ts';
import { getStackRecord } from '../../domain/store/stack-records.ts';
import type { FaultHooks } from '../aws/faults/bind-faults.ts';
import type { Progress } from './progress.ts';

interface Told {
  readonly table: Table;
  readonly hooks: FaultHooks;
  readonly elapsed: () => number;
  readonly onProgress: ((progress: Progress) => void) | undefined;
}

/** What an invocation that has ended means for a stack: tells the faults that wait for it, and whoever watches. */
export const tellInvocation = (
  { table, hooks, elapsed, onProgress }: Told,
  handler: string,
  payload: unknown,
  error: string | null,
): void => {
  if (handler === 'verify-instances') {
    const { direction, stack } = payload as { direction: string; stack: StackRecord };
    if (direction === 'forward') hooks.stackVerified(stack.stackId);
  }
  if (handler === 'record-stack' && (error === null || error === 'RestoreDue')) {
    const task = payload as { campaignId: string; direction: string; stack: StackRecord };
    if (task.direction === 'forward') hooks.stackRecorded(task.stack.stackId);
    void getStackRecord({ table }, { ...task.stack, campaignId: task.campaignId }).then(
      ({ campaignId, ring, stackName, account, region, status, reason }) =>
        onProgress?.({
          kind: 'stack',
          at: elapsed(),
          campaignId,
          ring,
          stack: stackName,
          account,
          region,
          status,
          reason,
        }),
    );
  }
  if (handler === 'apply-image') {
    const { campaignId, stack } = payload as StackTask;
    const { ring, stackName, account, region } = stack;
    onProgress?.({ kind: 'work', at: elapsed(), campaignId, ring, stack: stackName, account, region });
  }
};
