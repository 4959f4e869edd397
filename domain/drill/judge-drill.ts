import type { Campaign } from '../records/campaign.ts';
import type { Drill } from '../records/drill.ts';
import type { StackRecord } from '../records/stack-record.ts';
import type { Outcome } from '../words.ts';

/**
 * The drill with its result, as the campaign ends. It has succeeded only where both ways are proven: the stack was done on
 * the new image, and the restore has found it as it was. What a person had to roll back afterwards was no success.
 */
export const judgeDrill = (
  { drill, restoringSince, rollback }: Pick<Campaign, 'drill' | 'restoringSince' | 'rollback'>,
  records: readonly Pick<StackRecord, 'stackId' | 'touched' | 'status'>[],
  { outcome, endedAt }: { readonly outcome: Outcome; readonly endedAt: string },
): Drill | null => {
  if (!drill) return null;
  const own = records.find(({ stackId }) => stackId === drill.stackId);
  const isBack = outcome === 'RESTORED' && own?.touched === true && own.status === 'restored';
  const minutes =
    isBack && restoringSince !== undefined
      ? Math.round((Date.parse(endedAt) - Date.parse(restoringSince)) / 6_000) / 10
      : null;
  return {
    ...drill,
    result: { succeeded: isBack && drill.provenAt !== null && rollback === null, minutesToRestore: minutes },
  };
};
