import type { RollbackAnswer } from '../../domain/restore/rollback-answer.ts';
import { ExitCode, exitCodeOf } from '../exit-code.ts';

/** Worst first: what a person must do something about, what is not over, what went back. */
const order = [ExitCode.RestoreIncomplete, ExitCode.StillRunning, ExitCode.Restored];

/** The exit code of a rollback: the worst of its campaigns'. */
export const rollbackExitCode = ({ accepted, campaigns }: Pick<RollbackAnswer, 'accepted' | 'campaigns'>): number => {
  if (campaigns.length === 0) return ExitCode.Failed;
  const codes = campaigns.map((state) => {
    if (state.case === 'nothing') return state.outcome === 'RESTORED' ? ExitCode.Restored : ExitCode.Done;
    return state.outcome === null ? ExitCode.StillRunning : exitCodeOf(state.outcome);
  });
  return order.find((code) => codes.includes(code)) ?? (accepted ? ExitCode.Done : ExitCode.Failed);
};
