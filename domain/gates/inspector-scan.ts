import type { GatePolicy } from '../configuration.ts';
import type { Coverage, Finding } from '../ports/scans.ts';
import type { Verdict } from '../records.ts';
import { scanEvidence, scanReasons } from './scan-reasons.ts';
import { verdict } from './verdict.ts';

/** Gate "Inspector Scan": a finished scan proves the image, and no more was found than the policy accepts. Fails closed. */
export const judgeScan = (
  coverage: Coverage | null | undefined,
  findings: readonly Finding[] | null | undefined,
  policy: GatePolicy,
  now: Date,
): Verdict =>
  verdict(
    'Inspector Scan',
    scanReasons(coverage, findings, policy, now),
    scanEvidence(coverage, findings, policy),
    now,
  );
