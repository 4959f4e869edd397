import type { GatePolicy } from '../configuration/gate-policy.ts';
import type { Coverage, Finding } from '../ports/scans.ts';
import type { Verdict } from '../records/verdict.ts';
import { findingDelta, type ImageInUse } from './finding-delta.ts';
import { isFinding, scanEvidence, scanReasons, type Waivers } from './scan-reasons.ts';
import { verdict } from './verdict.ts';

/** What a scan is judged by beside the policy. */
export interface ScanContext extends Partial<Waivers> {
  /** The image that the new one replaces; null where there is none yet. */
  readonly inUse?: ImageInUse | null;
  /** Where the proof comes from, for the evidence. */
  readonly provider?: Readonly<Record<string, unknown>>;
}

/** Gate "Inspector Scan": a finished scan proves the image, and no more was found than the policy accepts. Fails closed. */
export const judgeScan = (
  coverage: Coverage | null | undefined,
  findings: readonly Finding[] | null | undefined,
  policy: GatePolicy,
  now: Date,
  { waivers = [], family = null, inUse = null, provider = {} }: ScanContext = {},
): Verdict =>
  verdict(
    'Inspector Scan',
    scanReasons(coverage, findings, policy, now, { waivers, family }),
    {
      ...scanEvidence(coverage, findings, policy, now, { waivers, family }),
      ...provider,
      delta: findingDelta(Array.isArray(findings) ? findings.filter(isFinding) : null, inUse),
    },
    now,
  );
