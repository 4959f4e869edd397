import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Recheck } from '../../../domain/gates/recheck.ts';
import { judgeRecheck } from '../../../domain/gates/recheck.ts';
import type { Coverage } from '../../../domain/ports/scans.ts';
import { daysAgo, imageFacts, now } from './image-facts.ts';
import { aPolicy } from '../fakes/configuration.ts';

const image = imageFacts();
const same = { region: 'eu-west-1', before: { id: image.id }, now: image };
const fine: Recheck = {
  images: [same, { ...same, region: 'us-east-1' }],
  coverage: { state: 'finished', reason: '', scannedAt: daysAgo(0.1) },
  findings: [],
  policy: aPolicy({ maxAgeDays: 30, maxFindings: { critical: 0 } }),
  alarms: [{ stack: 'app-0001', alarms: [] }],
  now,
};
const critical = {
  id: 'CVE-1',
  severity: 'critical',
  title: '',
  fixAvailable: false,
  observedAt: null,
  exploitKnown: false,
} as const;
const id = image.id;
const advice = 'what runs it is put back; start again with an image that stays';

describe('judgeRecheck', () => {
  it('passes where all is as it was judged', () => {
    const verdict = judgeRecheck(fine);
    expect(verdict).toMatchObject({ gate: 'Recheck Gates', passed: true, reasons: [] });
    expect(JSON.parse(JSON.stringify(verdict))).toEqual(verdict);
  });

  it.each<[string, Partial<Recheck>, string]>([
    [
      'an image gone in one region',
      { images: [same, { ...same, region: 'us-east-1', now: undefined }] },
      `Image ${id} is gone from us-east-1 or no longer visible: ${advice}.`,
    ],
    [
      'an image deregistered',
      { images: [{ ...same, now: { ...image, state: 'deregistered' } }] },
      `Image ${id} in eu-west-1 is deregistered now: ${advice}.`,
    ],
    [
      'an image that is another one',
      { images: [{ ...same, before: image, now: { ...image, owner: '999999999999', createdAt: daysAgo(0) } }] },
      `Image ${id} in eu-west-1 is not the same any more (owner, createdAt): ${advice}.`,
    ],
    [
      'an image that has been deprecated meanwhile',
      { images: [{ ...same, now: { ...image, deprecatedAt: daysAgo(0.5) } }] },
      `Image ${id} in eu-west-1 is deprecated since ${daysAgo(0.5)}: ${advice}.`,
    ],
    [
      'an image in no known state',
      { images: [{ ...same, now: { ...image, state: '' } }] },
      `Image ${id} in eu-west-1 is in no known state now: ${advice}.`,
    ],
    [
      'no image looked at',
      { images: [] },
      'The image was looked at in no region: no proof is no pass; look at the image set of the campaign.',
    ],
    [
      'a finding above the line',
      { findings: [critical] },
      'Inspector found 1 critical, 0 accepted (CVE-1): no fix is known yet, wait for one or accept it in the policy.',
    ],
    [
      'coverage lost',
      { coverage: undefined },
      'Inspector has not finished a scan of the image: no proof is no pass; have it scanned and start again.',
    ],
    [
      'an alarm',
      { alarms: [{ stack: 'app-0001', alarms: ['errors', 'latency'] }] },
      'Alarm errors, latency of stack app-0001 went off: find out why before the next try.',
    ],
  ])('refuses %s', (_, over, reason) => {
    expect(judgeRecheck({ ...fine, ...over })).toMatchObject({ passed: false, reasons: [reason] });
  });

  it('asks for no scan where it is not due yet, and says so', () => {
    const { passed, evidence } = judgeRecheck({ ...fine, scanDue: false, coverage: null, findings: null });
    expect(passed).toBe(true);
    expect(evidence).toMatchObject({ scan: 'not due before this ring' });
    expect(evidence).not.toHaveProperty('coverage');
  });

  it('names ten loud stacks and counts the others', () => {
    const alarms = Array.from({ length: 500 }, (_, index) => ({ stack: `app-${index}`, alarms: ['errors'] }));
    const { reasons } = judgeRecheck({ ...fine, alarms });
    expect(reasons).toHaveLength(11);
    expect(reasons[10]).toBe('Alarms of 490 more stacks went off.');
  });

  it('never passes while any one thing is wrong, whatever else is right', () => {
    const wrong: readonly Partial<Recheck>[] = [
      { images: [] },
      { images: [{ ...same, now: null }] },
      { images: [same, { ...same, now: { ...image, state: 'disabled' } }] },
      { coverage: null },
      { coverage: {} as Coverage },
      { findings: null },
      { findings: [critical] },
      { alarms: [{ stack: 'app-0002', alarms: ['errors'] }] },
    ];
    fc.assert(
      fc.property(fc.subarray([...wrong], { minLength: 1 }), (some) => {
        expect(judgeRecheck(Object.assign({}, fine, ...some) as Recheck).passed).toBe(false);
      }),
    );
  });

  it('gives each reason its code', () => {
    const codesOf = (over: Partial<Recheck>) => judgeRecheck({ ...fine, ...over }).codes;
    expect(codesOf({ images: [] })).toEqual(['image-gone']);
    expect(codesOf({ images: [{ ...same, now: null }] })).toEqual(['image-gone']);
    expect(codesOf({ images: [{ ...same, now: { ...image, state: 'disabled' } }] })).toEqual(['image-state']);
    expect(codesOf({ images: [{ ...same, now: { ...image, deprecatedAt: daysAgo(1) } }] })).toEqual([
      'image-deprecated',
    ]);
    expect(codesOf({ images: [{ ...same, now: { ...image, id: 'ami-other' } }] })).toEqual(['image-gone']);
    expect(codesOf({ alarms: [{ stack: 'a', alarms: ['x'] }] })).toEqual(['alarm-red']);
    expect(codesOf({ silent: [{ stack: 'a', alarms: [{ name: 'x', points: 1, needed: 3 }] }] })).toEqual([
      'alarm-silent',
    ]);
    const loud = Array.from({ length: 11 }, () => ({ stack: 'a', alarms: ['x'] }));
    expect(new Set(codesOf({ alarms: loud }))).toEqual(new Set(['alarm-red']));
  });

  it.each([
    ['in this very moment', now.toISOString(), false],
    ['in a moment', new Date(now.getTime() + 1).toISOString(), true],
  ])('judges an image that is deprecated %s', (_what, deprecatedAt, passed) => {
    expect(judgeRecheck({ ...fine, images: [{ ...same, now: { ...image, deprecatedAt } }] }).passed).toBe(passed);
  });

  it('names the first ten stacks whose alarms were silent, with the points, and counts the others', () => {
    const silent = Array.from({ length: 12 }, (_, index) => ({
      stack: `app-${index}`,
      alarms: [
        { name: 'errors', points: 1, needed: 3 },
        { name: 'latency', points: 0, needed: 2 },
      ],
    }));
    const { reasons, codes, passed } = judgeRecheck({ ...fine, silent });
    expect(passed).toBe(false);
    expect(reasons).toHaveLength(11);
    expect(reasons[0]).toBe(
      'Alarm errors (1 of 3), latency (0 of 2) of stack app-0 had too few data points in the bake to say that all is well: see that its metric is sent, or change alarms.minDataPoints or alarms.missingData.',
    );
    expect(reasons[9]).toContain('of stack app-9 ');
    expect(reasons[10]).toBe('Alarms of 2 more stacks had too few.');
    expect(new Set(codes)).toEqual(new Set(['alarm-silent']));
    expect(judgeRecheck({ ...fine, silent: silent.slice(0, 10) }).reasons).toHaveLength(10);
  });

  it('names ten loud stacks, and counts none where there are no more', () => {
    const alarms = (count: number) =>
      Array.from({ length: count }, (_, index) => ({ stack: `app-${index}`, alarms: ['errors'] }));
    expect(judgeRecheck({ ...fine, alarms: alarms(10) }).reasons).toHaveLength(10);
    expect(judgeRecheck({ ...fine, alarms: [...alarms(10), { stack: 'quiet', alarms: [] }] }).reasons).toHaveLength(10);
  });

  it('keeps as evidence what it has looked at', () => {
    const silent = [{ stack: 'a', alarms: [{ name: 'x', points: 1, needed: 3 }] }];
    const gone = { ...same, region: 'us-east-1', now: undefined };
    expect(judgeRecheck({ ...fine, images: [same, gone], silent }).evidence).toMatchObject({
      images: [
        { region: 'eu-west-1', id, state: 'available' },
        { region: 'us-east-1', id, state: null },
      ],
      coverage: fine.coverage,
      alarms: fine.alarms,
      silent,
    });
    expect(judgeRecheck(fine).evidence).toMatchObject({ silent: [], waived: [] });
  });

  it('waives what the configuration waives for the family, while that holds', () => {
    const waiver = {
      cve: 'CVE-1',
      families: ['al2023-base'],
      owner: 'ada',
      reason: 'not reachable',
      expires: '2026-12-01',
    };
    const judged = (family: string | null, expires = waiver.expires) =>
      judgeRecheck({ ...fine, findings: [critical], waivers: { waivers: [{ ...waiver, expires }], family } });
    expect(judged('al2023-base')).toMatchObject({
      passed: true,
      evidence: { waived: [{ id: 'CVE-1', owner: 'ada' }] },
    });
    expect(judged('windows').passed).toBe(false);
    expect(judged(null).passed).toBe(false);
    expect(judged('al2023-base', '2026-11-01').passed).toBe(false);
  });
});
