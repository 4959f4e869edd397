import type { RehearsalReport } from '../../rehearsal/report/rehearsal-report.ts';

/** What a process of its own says about its rehearsal. */
export interface Measured extends Omit<RehearsalReport, 'stacks'> {
  /** Stacks that a write of ours has reached, by the simulated AWS. */
  readonly updated: number;
  readonly restored: number;
}
