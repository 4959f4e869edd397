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

/** What a rehearsal came to and should have: of the campaign, and of what followed it. */
interface Ending {
  readonly outcome: string;
  readonly expected: string;
  readonly then: { readonly outcome: string; readonly expected: string } | null;
}

const codeOf = (outcome: string, expected: string): number =>
  outcome === expected ? ExitCode.Done : exitCodeOf(outcome) || ExitCode.Failed;

/** A rehearsal succeeds when all of it ends as expected; otherwise its code is the first other outcome's, and never 0. */
export const rehearsalExitCode = ({ outcome, expected, then }: Ending): number =>
  codeOf(outcome, expected) || (then === null ? ExitCode.Done : codeOf(then.outcome, then.expected));
