import type { SkippableGate } from './gate-names.ts';
import type { Severity, SeverityLimit } from './severity.ts';

/** The gates' policy for one category. */
export interface GatePolicy {
  /** Oldest build accepted, in days since its creation in the source region. */
  readonly maxAgeDays: number;
  /** Days that must be left before the image is deprecated. */
  readonly deprecationMarginDays: number;
  /** Gates that images of this category skip; what is skipped stands in the verdict. */
  readonly skip: readonly SkippableGate[];
  /** Most findings accepted by severity; a severity not named is not limited. */
  readonly maxFindings: Readonly<Partial<Record<Severity, number>>>;
  /** The worst single finding accepted, where a fix is available and where none is. */
  readonly highestSeverity: Readonly<Record<'withFix' | 'withoutFix', SeverityLimit>>;
  /** Longest time a fix may have been available, in days by severity; a severity not named is not limited. */
  readonly maxDaysSinceFix: Readonly<Partial<Record<Severity, number>>>;
  /** Whether a finding with a known exploit is accepted like any other. */
  readonly exploitKnown: 'refuse' | 'accept';
}
