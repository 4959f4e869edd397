/** The exit codes of every command. */
export const ExitCode = {
  Done: 0,
  /** Wrong usage, or something unexpected. */
  Failed: 1,
  Rejected: 2,
  Restored: 3,
  RestoreIncomplete: 4,
  StillRunning: 5,
} as const;

const ofOutcome: Readonly<Record<string, number>> = {
  PROMOTED: ExitCode.Done,
  UNCHANGED: ExitCode.Done,
  PLANNED: ExitCode.Done,
  DUPLICATE: ExitCode.Done,
  SUPERSEDED: ExitCode.Done,
  REJECTED: ExitCode.Rejected,
  RESTORED: ExitCode.Restored,
  RESTORE_INCOMPLETE: ExitCode.RestoreIncomplete,
};

/** The exit code of a campaign's outcome. */
export const exitCodeOf = (outcome: string): number => ofOutcome[outcome] ?? ExitCode.Failed;

/** A rehearsal succeeds when it ends as expected; otherwise its code is the outcome's, and never 0. */
export const rehearsalExitCode = (outcome: string, expected: string): number =>
  outcome === expected ? ExitCode.Done : exitCodeOf(outcome) || ExitCode.Failed;
