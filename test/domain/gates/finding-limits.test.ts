import { describe, expect, it } from '@jest/globals';
import type { GatePolicy } from '../../../domain/configuration/gate-policy.ts';
import { limitReasons } from '../../../domain/gates/finding-limits.ts';
import type { Finding } from '../../../domain/ports/scans.ts';
import { aPolicy } from '../fakes/configuration.ts';
import { daysAgo, now } from './image-facts.ts';

const finding = (over: Partial<Finding> = {}): Finding => ({
  id: 'CVE-1',
  severity: 'medium',
  title: 'a fault in openssl',
  fixAvailable: false,
  observedAt: null,
  exploitKnown: false,
  ...over,
});
const judge = (findings: readonly Finding[], over: Partial<GatePolicy> = {}) =>
  limitReasons(findings, aPolicy({ maxFindings: {}, ...over }), now);

describe('limitReasons', () => {
  it('has nothing against findings that no limit is about', () => {
    expect(judge([finding()])).toEqual([]);
  });

  it.each<[string, Partial<GatePolicy>, Partial<Finding>]>([
    ['findings-over-limit', { maxFindings: { medium: 0 } }, {}],
    ['finding-with-fix', { highestSeverity: { withFix: 'low', withoutFix: 'critical' } }, { fixAvailable: true }],
    ['finding-without-fix', { highestSeverity: { withFix: 'critical', withoutFix: 'low' } }, {}],
    ['fix-overdue', { maxDaysSinceFix: { medium: 30 } }, { fixAvailable: true, fixedSince: daysAgo(31) }],
    ['exploit-known', {}, { exploitKnown: true }],
  ])('gives programs the code %s', (code, policy, found) => {
    expect(judge([finding(found)], policy).map((reason) => reason.code)).toEqual([code]);
  });

  it.each([
    [5, '(CVE-1, CVE-2, CVE-3, CVE-4, CVE-5)'],
    [6, '(CVE-1, CVE-2, CVE-3, CVE-4, CVE-5 and 1 more)'],
  ])('of %d ids names five at most', (many, named) => {
    const findings = Array.from({ length: many }, (_, nth) => finding({ id: `CVE-${nth + 1}` }));
    expect(judge(findings, { maxFindings: { medium: 0 } })[0]?.text).toContain(named);
  });

  it('accepts nothing under a highest severity that it does not know', () => {
    const highestSeverity = { withFix: 'critical', withoutFix: 'severe' as never } as const;
    expect(judge([finding({ severity: 'low' })], { highestSeverity })).toHaveLength(1);
  });

  it.each<[string, string | null, number]>([
    ['exactly as long as accepted', daysAgo(30), 0],
    ['longer than accepted', daysAgo(30.001), 1],
    ['since nobody knows when', null, 1],
    ['since a day to come', daysAgo(-1), 1],
  ])('judges a fix that is out %s', (_what, fixedSince, reasons) => {
    const found = finding({ fixAvailable: true, fixedSince: fixedSince as string });
    expect(judge([found], { maxDaysSinceFix: { medium: 30 } })).toHaveLength(reasons);
  });
});
