import type { GatePolicy } from '../configuration/gate-policy.ts';
import { severities, type Severity, type SeverityLimit } from '../configuration/severity.ts';
import type { Finding } from '../ports/scans.ts';
import { reason, type Reason } from './reason.ts';

/** Ids named in one reason; the rest is in the evidence. */
const most = 5;
const millisecondsPerDay = 86_400_000;

const named = (findings: readonly Finding[]): string => {
  const ids = [...new Set(findings.map(({ id }) => id))].sort();
  return `${ids.slice(0, most).join(', ')}${ids.length > most ? ` and ${ids.length - most} more` : ''}`;
};

const ofSeverity = (findings: readonly Finding[], severity: Severity): readonly Finding[] =>
  findings.filter((finding) => finding.severity === severity);

const countReason = (severity: Severity, findings: readonly Finding[], limit: number): Reason | undefined => {
  const found = ofSeverity(findings, severity);
  if (found.length <= limit) return undefined;
  const fixable = found.filter(({ fixAvailable }) => fixAvailable).length;
  const mend =
    fixable === 0
      ? 'no fix is known yet, wait for one or accept it in the policy'
      : `rebuild with the ${fixable} known fixes`;
  return reason(
    'findings-over-limit',
    `Inspector found ${found.length} ${severity}, ${limit} accepted (${named(found)}): ${mend}.`,
  );
};

/** How bad a severity is; `untriaged` may be anything and is taken for the worst. */
const rank = (severity: string): number => {
  if (severity === 'none' || severity === 'informational') return 0;
  const index = (severities as readonly string[]).indexOf(severity);
  return index < 0 ? severities.length : severities.length - index;
};

const highestReason = (findings: readonly Finding[], withFix: boolean, limit: SeverityLimit): Reason | undefined => {
  const known = (severities as readonly string[]).includes(limit) || limit === 'none';
  const above = findings.filter(
    ({ fixAvailable, severity }) => fixAvailable === withFix && !(known && rank(severity) <= rank(limit)),
  );
  if (above.length === 0) return undefined;
  const what = withFix ? 'with a fix available' : 'without a fix';
  const mend = withFix ? 'rebuild with the fixes' : 'wait for a fix, or waive them with an owner and a date';
  return reason(
    withFix ? 'finding-with-fix' : 'finding-without-fix',
    `Worse than ${limit} ${what} (the highest accepted): ${named(above)}; ${mend}.`,
  );
};

/** A finding whose fix has no date, or one to come, counts as too old: nobody can say that it is not. */
const overdue = ({ fixedSince }: Finding, days: number, now: Date): boolean => {
  const age = now.getTime() - Date.parse(fixedSince ?? '');
  return !(age >= 0 && age <= days * millisecondsPerDay);
};

const ageReason = (severity: Severity, findings: readonly Finding[], days: number, now: Date): Reason | undefined => {
  const late = ofSeverity(findings, severity).filter((finding) => finding.fixAvailable && overdue(finding, days, now));
  if (late.length === 0) return undefined;
  return reason(
    'fix-overdue',
    `Fixes of ${severity} findings are out for more than ${days} days, or nobody knows since when (${named(late)}): rebuild with them.`,
  );
};

const exploitReason = (findings: readonly Finding[]): Reason | undefined => {
  const exploited = findings.filter(({ exploitKnown }) => exploitKnown === true);
  return exploited.length === 0
    ? undefined
    : reason(
        'exploit-known',
        `An exploit is known for ${named(exploited)}: rebuild without them before anything runs the image.`,
      );
};

/** EC2 never says it, and Inspector not of every finding: that nobody knows is no proof that there is none. */
const unknownExploitReason = (findings: readonly Finding[]): Reason | undefined => {
  const unknown = findings.filter(({ exploitKnown }) => typeof exploitKnown !== 'boolean');
  return unknown.length === 0
    ? undefined
    : reason(
        'exploit-known',
        `Nobody says whether an exploit is known for ${named(unknown)}: have the image scanned again until Inspector lists them too, waive them with an owner and a date, or set exploitKnown to accept in the policy.`,
      );
};

/** What speaks against the findings by the policy, counts first, worst severity first. */
export const limitReasons = (
  findings: readonly Finding[],
  { maxFindings, highestSeverity, maxDaysSinceFix, exploitKnown }: GatePolicy,
  now: Date,
): readonly Reason[] => {
  const bySeverity = (
    limits: GatePolicy['maxFindings'],
    judge: (severity: Severity, limit: number) => Reason | undefined,
  ): readonly (Reason | undefined)[] =>
    severities.map((severity) => {
      const limit = limits[severity];
      return limit === undefined ? undefined : judge(severity, limit);
    });
  return [
    ...bySeverity(maxFindings, (severity, limit) => countReason(severity, findings, limit)),
    highestReason(findings, true, highestSeverity.withFix),
    highestReason(findings, false, highestSeverity.withoutFix),
    ...bySeverity(maxDaysSinceFix, (severity, days) => ageReason(severity, findings, days, now)),
    ...(exploitKnown === 'accept' ? [] : [exploitReason(findings), unknownExploitReason(findings)]),
  ].filter((one) => one !== undefined);
};
