import type { rollbackCases } from './rollback-answer.ts';
import type { Campaign } from '../records/campaign.ts';
import type { Outcome } from '../words.ts';

/**
 * What a rollback can do about a campaign.
 * reopen: it has ended and left stacks on its image. stop: it is moving stacks now. running: its restore is under way.
 * ending: its last step is under way. nothing: it has left no stack on its image.
 */
export type RollbackCase = (typeof rollbackCases)[number];

/** Outcomes of campaigns that have left stacks on their image. */
const leaving: ReadonlySet<Outcome | null> = new Set(['PROMOTED', 'RESTORE_INCOMPLETE']);

export const rollbackCase = ({ phase, outcome, dryRun, conclusion }: Campaign): RollbackCase => {
  if (outcome !== null) return leaving.has(outcome) ? 'reopen' : 'nothing';
  switch (phase) {
    case 'running':
      // A dry run, a duplicate and a refused one touch nothing, however long they go on.
      return dryRun || conclusion !== null ? 'nothing' : 'stop';
    case 'restoring':
      return 'running';
    case 'promoted':
    case 'closed':
      return 'ending';
  }
};
