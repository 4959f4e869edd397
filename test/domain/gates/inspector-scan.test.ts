import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { GatePolicy } from '../../../domain/configuration.ts';
import { judgeScan } from '../../../domain/gates/inspector-scan.ts';
import type { Coverage, Finding } from '../../../domain/ports/scans.ts';
import { daysAgo, now } from './image-facts.ts';

const policy: GatePolicy = { maxAgeDays: 30, maxFindings: { critical: 0, high: 1 } };
const finished: Coverage = { state: 'finished', reason: '', scannedAt: daysAgo(0.1) };
const finding = (severity: Finding['severity'], id: string, fixAvailable = false): Finding => ({
  id,
  severity,
  title: `${id} in openssl`,
  fixAvailable,
  observedAt: null,
});

describe('judgeScan', () => {
  it('passes a finished scan without findings', () => {
    expect(judgeScan(finished, [], policy, now)).toMatchObject({
      gate: 'Inspector Scan',
      passed: true,
      reasons: [],
      evidence: { coverage: finished, counts: { critical: 0, high: 0 }, worst: [] },
    });
  });

  it('passes findings up to the limit and of severities without one', () => {
    const findings = [finding('high', 'CVE-1'), finding('medium', 'CVE-2'), finding('untriaged', 'CVE-3')];
    const { passed, evidence } = judgeScan(finished, findings, policy, now);
    expect(passed).toBe(true);
    expect(evidence.counts).toEqual({ critical: 0, high: 1, medium: 1, low: 0, informational: 0, untriaged: 1 });
  });

  it('names counts, the first five ids and what can be done, worst severity first', () => {
    const findings = [
      finding('high', 'CVE-9'),
      finding('high', 'CVE-8'),
      ...[7, 6, 5, 4, 3, 2, 1].map((n) => finding('critical', `CVE-${n}`, n < 3)),
    ];
    const { reasons, evidence } = judgeScan(finished, findings, policy, now);
    expect(reasons).toEqual([
      'Inspector found 7 critical, 0 accepted (CVE-1, CVE-2, CVE-3, CVE-4, CVE-5 and 2 more): rebuild with the 2 known fixes.',
      'Inspector found 2 high, 1 accepted (CVE-8, CVE-9): no fix is known yet, wait for one or accept it in the policy.',
    ]);
    expect(evidence.worst).toHaveLength(5);
    expect(evidence.worst).toContainEqual({ id: 'CVE-7', severity: 'critical', title: 'CVE-7 in openssl' });
  });

  it.each<[string, Coverage | null | undefined]>([
    ['no coverage', undefined],
    ['null', null],
    ['a pending scan', { state: 'pending', reason: '', scannedAt: null }],
    ['a failed scan', { state: 'failed', reason: 'UNSUPPORTED_OS', scannedAt: daysAgo(1) }],
    ['an image never scanned', { state: 'none', reason: '', scannedAt: null }],
    ['a scan in the future', { ...finished, scannedAt: daysAgo(-1) }],
    ['a scan at no date', { ...finished, scannedAt: 'yesterday' }],
  ])('refuses %s although nothing was found', (_, coverage) => {
    const { passed, reasons } = judgeScan(coverage, [], policy, now);
    expect(passed).toBe(false);
    expect(reasons).toHaveLength(1);
  });

  it('says why the scan proves nothing', () => {
    const coverage: Coverage = { state: 'failed', reason: 'UNSUPPORTED_OS', scannedAt: null };
    expect(judgeScan(coverage, [], policy, now).reasons[0]).toContain('(UNSUPPORTED_OS)');
  });

  it('fails closed on a limit that is no number', () => {
    const broken = { maxAgeDays: 30, maxFindings: { critical: NaN } };
    expect(judgeScan(finished, [], broken, now).passed).toBe(false);
  });

  it('never passes without a finished scan, whatever was found', () => {
    const state = fc.anything().filter((value) => value !== 'finished');
    const coverage = fc.oneof(
      fc.anything().filter((value) => (value as Coverage | null | undefined)?.state !== 'finished'),
      fc.record({ state, reason: fc.string(), scannedAt: fc.oneof(fc.constant(daysAgo(1)), fc.anything()) }),
    );
    fc.assert(
      fc.property(coverage, fc.array(fc.anything()), (given, findings) => {
        expect(judgeScan(given as Coverage, findings as Finding[], policy, now).passed).toBe(false);
      }),
    );
  });

  it('never passes with findings that cannot be read, or with more than accepted', () => {
    const readable = fc.constantFrom(
      finding('low', 'CVE-1'),
      finding('high', 'CVE-2'),
      finding('informational', 'CVE-3'),
    );
    const anything = fc.oneof(
      fc.anything().filter((value) => !Array.isArray(value)),
      fc.array(fc.oneof(readable, fc.anything(), fc.record({ id: fc.string(), severity: fc.string() }))),
    );
    const good = (value: unknown): boolean =>
      typeof value === 'object' &&
      value !== null &&
      ['critical', 'high', 'medium', 'low', 'informational', 'untriaged'].includes((value as Finding).severity) &&
      typeof (value as Finding).id === 'string';
    fc.assert(
      fc.property(anything, (findings) => {
        const fine =
          Array.isArray(findings) &&
          findings.every(good) &&
          findings.every(({ severity }: Finding) => severity !== 'critical') &&
          findings.filter(({ severity }: Finding) => severity === 'high').length <= 1;
        expect(judgeScan(finished, findings as Finding[], policy, now).passed).toBe(fine);
      }),
    );
  });
});
