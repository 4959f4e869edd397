import type { RehearsalReport } from '../../rehearsal/report/rehearsal-report.ts';

/** What a process of its own says about its rehearsal. */
export interface Measured extends Omit<RehearsalReport, 'stacks'> {
  /** Processor time of all threads, the collector's too: what the wall time would be on an idle machine, or less. */
  readonly cpuSeconds: number;
  /** Stacks that a write of ours has reached, by the simulated AWS. */
  readonly updated: number;
  readonly restored: number;
}
