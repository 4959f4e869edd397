import type { ReasonCode } from '../gates/reason.ts';

/** What a gate found, with what it rests on. */
export interface Verdict {
  readonly gate: string;
  readonly passed: boolean;
  /** The category skips the gate: it has not judged. */
  readonly skipped?: true;
  readonly reasons: readonly string[];
  /** What each reason is, in their order; empty where it passed. */
  readonly codes: readonly ReasonCode[];
  readonly evidence: Readonly<Record<string, unknown>>;
  readonly at: string;
}
