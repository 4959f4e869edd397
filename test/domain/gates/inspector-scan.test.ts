import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { GatePolicy } from '../../../domain/configuration/gate-policy.ts';
import type { Waiver } from '../../../domain/configuration/waiver.ts';
import { judgeScan } from '../../../domain/gates/inspector-scan.ts';
import type { Coverage, Finding } from '../../../domain/ports/scans.ts';
import { daysAgo, now } from './image-facts.ts';
import { aPolicy } from '../fakes/configuration.ts';

const policy: GatePolicy = aPolicy({ maxAgeDays: 30, maxFindings: { critical: 0, high: 1 } });
const finished: Coverage = { state: 'finished', reason: '', scannedAt: daysAgo(0.1) };
const finding = (severity: Finding['severity'], id: string, fixAvailable = false): Finding => ({
  id,
  severity,
  title: `${id} in openssl`,
  fixAvailable,
  observedAt: null,
  exploitKnown: false,
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
    const broken = aPolicy({ maxAgeDays: 30, maxFindings: { critical: NaN } });
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
      typeof (value as Finding).id === 'string' &&
      typeof (value as Finding).fixAvailable === 'boolean';
    fc.assert(
      fc.property(anything, (findings) => {
        const fine =
          Array.isArray(findings) &&
          findings.every(good) &&
          findings.every(({ exploitKnown }: Finding) => exploitKnown === false) &&
          findings.every(({ severity }: Finding) => severity !== 'critical') &&
          findings.filter(({ severity }: Finding) => severity === 'high').length <= 1;
        expect(judgeScan(finished, findings as Finding[], policy, now).passed).toBe(fine);
      }),
    );
  });

  it.each<[string, Partial<GatePolicy>, Finding, RegExp]>([
    [
      'worse than accepted with a fix',
      { highestSeverity: { withFix: 'low', withoutFix: 'critical' } },
      finding('medium', 'CVE-1', true),
      /^Worse than low with a fix available .*CVE-1; rebuild/,
    ],
    [
      'worse than accepted without a fix',
      { highestSeverity: { withFix: 'critical', withoutFix: 'none' } },
      finding('low', 'CVE-1'),
      /^Worse than none without a fix .*CVE-1; wait/,
    ],
    [
      'not triaged, which may be anything',
      { highestSeverity: { withFix: 'critical', withoutFix: 'high' } },
      finding('untriaged', 'CVE-1'),
      /^Worse than high without a fix/,
    ],
    [
      'with a fix that is out for long',
      { maxDaysSinceFix: { medium: 30 } },
      { ...finding('medium', 'CVE-1', true), fixedSince: daysAgo(31) },
      /^Fixes of medium findings are out for more than 30 days/,
    ],
    [
      'with a fix of unknown age',
      { maxDaysSinceFix: { medium: 30 } },
      finding('medium', 'CVE-1', true),
      /nobody knows since when \(CVE-1\)/,
    ],
    [
      'with a known exploit',
      {},
      { ...finding('informational', 'CVE-1'), exploitKnown: true },
      /^An exploit is known for/,
    ],
    [
      'of which nobody says whether an exploit is known',
      {},
      { ...finding('low', 'CVE-1'), exploitKnown: null },
      /^Nobody says whether an exploit is known for CVE-1/,
    ],
  ])('refuses a finding %s', (_, over, found, reason) => {
    const { passed, reasons } = judgeScan(finished, [found], { ...policy, ...over }, now);
    expect(passed).toBe(false);
    expect(reasons).toEqual([expect.stringMatching(reason)]);
  });

  it.each<[string, Partial<GatePolicy>, Finding]>([
    [
      'as bad as accepted',
      { highestSeverity: { withFix: 'medium', withoutFix: 'none' } },
      finding('medium', 'C', true),
    ],
    ['informational', { highestSeverity: { withFix: 'none', withoutFix: 'none' } }, finding('informational', 'C')],
    ['with a young fix', { maxDaysSinceFix: { low: 30 } }, { ...finding('low', 'C', true), fixedSince: daysAgo(29) }],
    ['without a fix to be late with', { maxDaysSinceFix: { low: 0 } }, finding('low', 'C')],
    ['with an exploit that is accepted', { exploitKnown: 'accept' }, { ...finding('low', 'C'), exploitKnown: true }],
  ])('accepts a finding %s', (_, over, found) => {
    expect(judgeScan(finished, [found], { ...policy, ...over }, now).reasons).toEqual([]);
  });

  describe('with waivers', () => {
    const waiver = (over: Partial<Waiver> = {}): Waiver => ({
      cve: 'CVE-1',
      owner: 'security',
      reason: 'not reachable',
      expires: daysAgo(-1).slice(0, 10),
      families: null,
      ...over,
    });
    const judged = (waivers: readonly Waiver[], family = 'al2023-base') =>
      judgeScan(finished, [finding('critical', 'CVE-1')], policy, now, { waivers, family });

    it('lets pass what somebody answers for, and says who', () => {
      const { passed, evidence } = judged([waiver()]);
      expect(passed).toBe(true);
      expect(evidence.waived).toEqual([
        { id: 'CVE-1', owner: 'security', reason: 'not reachable', expires: waiver().expires },
      ]);
    });

    it('holds to the end of the last day', () => {
      expect(judged([waiver({ expires: now.toISOString().slice(0, 10) })]).passed).toBe(true);
    });

    it('fails an expired one with a reason of its own, even below the line', () => {
      const expired = waiver({ expires: daysAgo(1).slice(0, 10) });
      const { reasons } = judgeScan(finished, [finding('low', 'CVE-1')], policy, now, { waivers: [expired] });
      expect(reasons).toEqual([
        `The waiver of CVE-1 by security (not reachable) expired on ${expired.expires}: rebuild without the finding, or have security renew it.`,
      ]);
    });

    it('takes a renewed one beside the expired one', () => {
      expect(judged([waiver({ expires: '2020-01-01' }), waiver()]).passed).toBe(true);
    });

    it.each<[string, Partial<Waiver>]>([
      ['of another finding', { cve: 'CVE-2' }],
      ['of another family', { families: ['ubuntu'] }],
      ['with a day that cannot be read', { expires: 'soon' }],
    ])('does not take one %s', (_, over) => {
      expect(judged([waiver(over)]).passed).toBe(false);
    });

    it('never helps an image without a finished scan', () => {
      expect(judgeScan(null, [], policy, now, { waivers: [waiver()] }).passed).toBe(false);
    });
  });

  it('shows what the image fixes, brings and keeps', () => {
    const inUse = { image: 'ami-0', findings: [finding('low', 'CVE-1'), finding('high', 'CVE-2')] };
    const { evidence } = judgeScan(finished, [finding('low', 'CVE-1'), finding('low', 'CVE-3')], policy, now, {
      inUse,
    });
    expect(evidence.delta).toEqual({
      inUse: 'ami-0',
      fixed: ['CVE-2'],
      new: ['CVE-3'],
      unchanged: ['CVE-1'],
      unknown: '',
    });
  });

  it.each([
    [null, /no image of the family/],
    [{ image: 'ami-0', findings: null }, /ami-0 has no finished scan/],
  ])('says why there is nothing to compare with: case %#', (inUse, why) => {
    const { evidence } = judgeScan(finished, [], policy, now, { inUse });
    expect(evidence.delta).toMatchObject({ fixed: [], new: [], unchanged: [], unknown: expect.stringMatching(why) });
  });
});
