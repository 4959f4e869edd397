import type { GatePolicy } from '../configuration/gate-policy.ts';
import type { Waiver } from '../configuration/waiver.ts';
import { severities } from '../configuration/severity.ts';
import type { Coverage, Finding } from '../ports/scans.ts';
import { limitReasons } from './finding-limits.ts';
import { reason, type Reason } from './reason.ts';
import { applyWaivers, expiredReason } from './waivers.ts';

const known = [...severities, 'informational', 'untriaged'] as const satisfies Finding['severity'][];
/** Findings shown in the evidence; the rest is in Inspector. */
const most = 5;

/** Waivers, and the family whose image is judged. Without them every finding counts. */
export interface Waivers {
  readonly waivers: readonly Waiver[];
  readonly family: string | null;
}
const noWaivers: Waivers = { waivers: [], family: null };

/** The types promise it, but the answer comes from outside: what is not a finding must not be counted as none. */
export const isFinding = (value: unknown): value is Finding =>
  typeof value === 'object' &&
  value !== null &&
  'severity' in value &&
  (known as readonly unknown[]).includes(value.severity) &&
  'id' in value &&
  typeof value.id === 'string' &&
  'fixAvailable' in value &&
  typeof value.fixAvailable === 'boolean';

/** No list counts as one entry that cannot be read. */
const asList = (findings: unknown): readonly unknown[] =>
  Array.isArray(findings) ? (findings as readonly unknown[]) : [undefined];

const coverageReason = (coverage: Coverage | null | undefined, now: Date): Reason | undefined => {
  if (coverage?.state !== 'finished') {
    const why = coverage?.reason ? ` (${coverage.reason})` : '';
    return reason(
      'scan-unproved',
      `Inspector has not finished a scan of the image${why}: no proof is no pass; have it scanned and start again.`,
    );
  }
  const { scannedAt } = coverage;
  if (scannedAt === null || Date.parse(scannedAt) <= now.getTime()) return undefined;
  return reason(
    'scan-unproved',
    `The scan's date ${scannedAt} is in the future or no date: check the clocks, have the image scanned again.`,
  );
};

/** What speaks against the image by its scan, worst first. Without a finished scan that is never nothing. */
export const scanReasons = (
  coverage: Coverage | null | undefined,
  findings: readonly Finding[] | null | undefined,
  policy: GatePolicy,
  now: Date,
  { waivers, family }: Waivers = noWaivers,
): readonly Reason[] => {
  const reasons = [coverageReason(coverage, now)];
  const list = asList(findings);
  const good = list.filter(isFinding);
  // Before the scan has finished there is nothing to read, and that is said already.
  if (good.length < list.length && coverage?.state === 'finished') {
    reasons.push(
      reason(
        'scan-unproved',
        "Inspector's findings could not be read in full: read them again before the image is judged.",
      ),
    );
  }
  const { standing, expired } = applyWaivers(good, waivers, family, now);
  reasons.push(...expired.map(expiredReason), ...limitReasons(standing, policy, now));
  return reasons.filter((one) => one !== undefined);
};

/** The scan as evidence: what was covered, how much was found, what was waived and what was accepted. */
export const scanEvidence = (
  coverage: Coverage | null | undefined,
  findings: readonly Finding[] | null | undefined,
  { maxFindings, highestSeverity, maxDaysSinceFix, exploitKnown }: GatePolicy,
  now: Date,
  { waivers, family }: Waivers = noWaivers,
): Readonly<Record<string, unknown>> => {
  const good = asList(findings).filter(isFinding);
  const counts = Object.fromEntries(
    known.map((severity) => [severity, good.filter((finding) => finding.severity === severity).length]),
  );
  const limited = severities.filter((severity) => maxFindings[severity] !== undefined);
  const worst = limited
    .flatMap((severity) => good.filter((finding) => finding.severity === severity))
    .slice(0, most)
    .map(({ id, severity, title }) => ({ id, severity, title }));
  const { waived, expired } = applyWaivers(good, waivers, family, now);
  return {
    coverage: coverage ?? null,
    counts,
    maxFindings,
    highestSeverity,
    maxDaysSinceFix,
    exploitKnown,
    worst,
    waived: waived.map(({ id, waiver }) => ({
      id,
      owner: waiver.owner,
      reason: waiver.reason,
      expires: waiver.expires,
    })),
    expiredWaivers: expired.map(({ cve, owner, expires }) => ({ cve, owner, expires })),
  };
};
