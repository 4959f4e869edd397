import type { StackRecord } from '../../domain/records/stack-record.ts';
import { snapshot } from '../aws/state/snapshot.ts';
import type { Run } from '../run/run.ts';
import { describeSnapshot } from './describe-snapshot.ts';
import type { RingSummary, StackSummary } from './rehearsal-report.ts';

/** How many of a ring's stacks came to what, by the product's table. */
export const ringSummary = (ring: string, records: readonly StackRecord[]): RingSummary => {
  const own = records.filter((record) => record.ring === ring);
  const count = (status: StackRecord['status']) => own.filter((record) => record.status === status).length;
  return {
    ring,
    planned: own.length,
    done: count('done'),
    failed: count('failed'),
    skipped: count('skipped'),
    restored: count('restored'),
    quarantined: count('quarantined'),
  };
};

/** One stack: its status by the product's table, everything else from the simulated AWS. */
export const stackSummary = ({ scenarioWorld: { world, before } }: Run, record: StackRecord): StackSummary => {
  const stack = world.stackById.get(record.stackId);
  const first = before.get(record.stackId);
  return {
    stack: record.stackName,
    account: record.account,
    region: record.region,
    ring: record.ring,
    mode: record.mode,
    status: record.status,
    reason: record.reason,
    touched: stack?.touched ?? false,
    before: first ? describeSnapshot(first) : '',
    after: stack ? describeSnapshot(snapshot(world, stack)) : '',
    held: stack ? [...stack.group.held] : [],
  };
};
