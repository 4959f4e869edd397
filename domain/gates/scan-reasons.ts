import type { GatePolicy, Severity } from '../configuration.ts';
import { severities } from '../configuration.ts';
import type { Coverage, Finding } from '../ports/scans.ts';

const known = [...severities, 'informational', 'untriaged'] as const satisfies Finding['severity'][];
/** Ids named for one severity; the rest is in the findings themselves. */
const most = 5;

/** The types promise it, but the answer comes from outside: what is not a finding must not be counted as none. */
const isFinding = (value: unknown): value is Finding =>
  typeof value === 'object' &&
  value !== null &&
  'severity' in value &&
  (known as readonly unknown[]).includes(value.severity) &&
  'id' in value &&
  typeof value.id === 'string';

/** No list counts as one entry that cannot be read. */
const asList = (findings: unknown): readonly unknown[] =>
  Array.isArray(findings) ? (findings as readonly unknown[]) : [undefined];

const coverageReason = (coverage: Coverage | null | undefined, now: Date): string | undefined => {
  if (coverage?.state !== 'finished') {
    const why = coverage?.reason ? ` (${coverage.reason})` : '';
    return `Inspector has not finished a scan of the image${why}: no proof is no pass; have it scanned and start again.`;
  }
  const { scannedAt } = coverage;
  if (scannedAt === null || Date.parse(scannedAt) <= now.getTime()) return undefined;
  return `The scan's date ${scannedAt} is in the future or no date: check the clocks, have the image scanned again.`;
};

const severityReason = (severity: Severity, findings: readonly Finding[], limit: number): string | undefined => {
  const found = findings.filter((finding) => finding.severity === severity);
  if (found.length <= limit) return undefined;
  const ids = found.map(({ id }) => id).sort();
  const rest = ids.length > most ? ` and ${ids.length - most} more` : '';
  const fixable = found.filter(({ fixAvailable }) => fixAvailable).length;
  const mend =
    fixable === 0
      ? 'no fix is known yet, wait for one or accept it in the policy'
      : `rebuild with the ${fixable} known fixes`;
  return `Inspector found ${found.length} ${severity}, ${limit} accepted (${ids.slice(0, most).join(', ')}${rest}): ${mend}.`;
};

/** What speaks against the image by its scan, worst first. Without a finished scan that is never nothing. */
export const scanReasons = (
  coverage: Coverage | null | undefined,
  findings: readonly Finding[] | null | undefined,
  { maxFindings }: GatePolicy,
  now: Date,
): readonly string[] => {
  const reasons = [coverageReason(coverage, now)];
  const list = asList(findings);
  const good = list.filter(isFinding);
  // Before the scan has finished there is nothing to read, and that is said already.
  if (good.length < list.length && coverage?.state === 'finished') {
    reasons.push("Inspector's findings could not be read in full: read them again before the image is judged.");
  }
  for (const severity of severities) {
    const limit = maxFindings[severity];
    if (limit !== undefined) reasons.push(severityReason(severity, good, limit));
  }
  return reasons.filter((reason) => reason !== undefined);
};

/** The scan as evidence: what was covered, how much was found and what was accepted. */
export const scanEvidence = (
  coverage: Coverage | null | undefined,
  findings: readonly Finding[] | null | undefined,
  { maxFindings }: GatePolicy,
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
  return { coverage: coverage ?? null, counts, maxFindings, worst };
};
