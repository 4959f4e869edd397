import type { FindingDelta } from '../gates/finding-delta.ts';
import type { StoredVerdict } from '../store/verdicts.ts';

/** The last comparison with the image in use that a verdict holds; verdicts in the order of time. */
export const deltaOf = (verdicts: readonly StoredVerdict[]): FindingDelta | null => {
  const judged = verdicts.findLast(({ evidence }) => evidence['delta'] !== undefined);
  return judged ? (judged.evidence['delta'] as FindingDelta) : null;
};
