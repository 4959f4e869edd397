import { RecordChanged } from '../errors.ts';
import type { Ports } from '../ports/index.ts';
import { ConditionFailed, type Write } from '../ports/table.ts';
import type { StackRecord } from '../records/stack-record.ts';
import { auditItem, nextEntry, type Decision } from './audit.ts';
import { keys } from './keys.ts';
import { typedItem, typedItems } from './typed-item.ts';

const keyOf = (record: Pick<StackRecord, 'campaignId' | 'ring' | 'stackId'>) =>
  keys.stack(record.campaignId, record.ring, record.stackId);

/** Also found by stack, newest campaign last: leases, history and rollback ask that way. */
export const stackItem = (record: StackRecord, startedAt: string) => ({
  key: keyOf(record),
  item: { ...record, ipk: `STACK#${record.stackId}`, isk: `${startedAt}#${record.campaignId}` },
});

export const getStackRecord = async (
  { table }: Pick<Ports, 'table'>,
  of: Pick<StackRecord, 'campaignId' | 'ring' | 'stackId'>,
): Promise<StackRecord> => {
  const item = await table.get(keyOf(of));
  if (!item) throw new Error(`the plan of campaign ${of.campaignId} has no stack ${of.stackId} in ring ${of.ring}`);
  return typedItem<StackRecord>(item);
};

/** All stack records of a campaign, or of one of its rings. */
export const stackRecords = (
  { table }: Pick<Ports, 'table'>,
  campaignId: string,
  ring?: string,
): AsyncGenerator<StackRecord> =>
  typedItems<StackRecord>(table, {
    partition: keys.campaign(campaignId).pk,
    prefix: ring === undefined ? 'STACK#' : `STACK#${ring}#`,
  });

/** What campaigns have done with a stack, the newest first. */
export const campaignsOfStack = ({ table }: Pick<Ports, 'table'>, stackId: string): AsyncGenerator<StackRecord> =>
  typedItems<StackRecord>(table, { index: 'byIndex', partition: `STACK#${stackId}`, descending: true });

/**
 * Moves a stack's record on and appends the decision to the stack's trail, in one transaction with `together`.
 * Throws RecordChanged where somebody else has written since `record` was read.
 */
export const changeStack = async (
  { table, clock }: Pick<Ports, 'table' | 'clock'>,
  record: StackRecord,
  changes: Partial<StackRecord>,
  decision: Decision,
  together: readonly Write[] = [],
): Promise<StackRecord> => {
  const entry = nextEntry(record, record.audit, decision, clock.now());
  const next: Partial<StackRecord> = {
    ...changes,
    revision: record.revision + 1,
    audit: { sequence: entry.sequence, head: entry.hash },
  };
  try {
    await table.transact([
      {
        kind: 'put',
        key: keys.stackAudit(record.campaignId, record.stackId, entry.sequence),
        item: auditItem(entry),
        condition: { exists: false },
      },
      {
        kind: 'update',
        key: keyOf(record),
        changes: { set: next },
        condition: { exists: true, equals: { revision: record.revision } },
      },
      ...together,
    ]);
  } catch (error) {
    if (!(error instanceof ConditionFailed)) throw error;
    throw new RecordChanged(`the record of ${record.stackName} changed while it was being worked on`, { cause: error });
  }
  return { ...record, ...next };
};
