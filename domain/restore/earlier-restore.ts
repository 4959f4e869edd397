import type { Campaign } from '../records/campaign.ts';
import type { StackRecord } from '../records/stack-record.ts';

/**
 * Whether a restore has dealt with the stack before the rollback that is under way: it is back, was given up, or that
 * restore died over it. False where there is no rollback.
 */
export const isOfAnEarlierRestore = (
  { status, endedAt, operation }: Pick<StackRecord, 'status' | 'endedAt' | 'operation'>,
  rollback: Campaign['rollback'],
): boolean => {
  if (rollback === null) return false;
  if (status === 'restored' || status === 'quarantined') return endedAt !== null && endedAt < rollback.at;
  return operation?.direction === 'restore' && operation.startedAt < rollback.at && operation.over !== true;
};
