import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { CustomAnswer } from '../../../domain/gates/custom-gates.ts';
import { judgeCustomAnswers } from '../../../domain/gates/custom-gates.ts';
import { now } from './image-facts.ts';

const gates = [{ name: 'licence' }];
const judge = (...answers: CustomAnswer[]) => judgeCustomAnswers(gates, answers, now);
const answered = (answer: unknown): CustomAnswer => ({ name: 'licence', answer });

describe('judgeCustomAnswers', () => {
  it('has no objection where no gate is configured', () => {
    expect(judgeCustomAnswers([], [], now)).toMatchObject({ gate: 'Custom Gates', passed: true, reasons: [] });
  });

  it('passes good answers and keeps them as evidence, remarks included', () => {
    const answer = { passed: true, reasons: ['looked at 3 packages'], evidence: { packages: 3 } };
    expect(judge(answered(answer))).toMatchObject({
      passed: true,
      reasons: [],
      evidence: { answers: [{ name: 'licence', answer }] },
    });
  });

  it.each<[string, CustomAnswer, string]>([
    ['a refusal', answered({ passed: false, reasons: ['GPL found.'] }), 'Custom gate licence: GPL found.'],
    [
      'a refusal without reasons',
      answered({ passed: false, reasons: [] }),
      'Custom gate licence refuses the image and gives no reason: ask its owner.',
    ],
    [
      'an error',
      { name: 'licence', error: new TypeError('x is undefined') },
      'Custom gate licence gave no answer (TypeError: x is undefined): mend it and start again.',
    ],
    [
      'something thrown that looks like a pass',
      { name: 'licence', error: { passed: true, reasons: [] } },
      'Custom gate licence gave no answer (it failed): mend it and start again.',
    ],
    ...[
      null,
      undefined,
      'true',
      true,
      [],
      {},
      { passed: true },
      { passed: 'true', reasons: [] },
      { passed: 1, reasons: [] },
      { passed: true, reasons: 'none' },
      { passed: true, reasons: [1] },
      { passed: true, reasons: [], evidence: 'fine' },
      { passed: true, reasons: [], errorMessage: 'Task timed out' },
    ].map((answer): [string, CustomAnswer, string] => [
      (JSON.stringify(answer) as string | undefined) ?? 'nothing',
      answered(answer),
      'Custom gate licence gave a malformed answer: it must be {passed, reasons, evidence} and no more.',
    ]),
  ])('refuses %s', (_, answer, reason) => {
    const verdict = judge(answer);
    expect(verdict).toMatchObject({ passed: false, reasons: [reason] });
    expect(JSON.parse(JSON.stringify(verdict))).toEqual(verdict);
  });

  it('refuses where a configured gate was not asked', () => {
    expect(judge({ name: 'other', answer: { passed: true, reasons: [] } }).reasons).toEqual([
      'Custom gate licence was not asked: start again, no answer is no pass.',
    ]);
  });

  it('passes only if all answers pass, also two of one gate', () => {
    const pass = answered({ passed: true, reasons: [] });
    expect(judge(pass, pass).passed).toBe(true);
    expect(judge(pass, answered({ passed: false, reasons: [] })).passed).toBe(false);
  });

  it('keeps evidence and reasons short, whatever is sent', () => {
    const circular: Record<string, unknown> = {};
    circular.self = circular;
    for (const evidence of [circular, { text: 'x'.repeat(100_000) }]) {
      const reasons = Array.from({ length: 50 }, () => 'y'.repeat(10_000));
      const verdict = judge(answered({ passed: false, reasons, evidence }));
      expect(JSON.stringify(verdict).length).toBeLessThan(10_000);
    }
  });

  it('never passes an answer that is missing, malformed or thrown, however many good ones stand beside it', () => {
    const good = fc.constant(answered({ passed: true, reasons: [] }));
    const wellFormed = (value: unknown): boolean =>
      typeof value === 'object' &&
      value !== null &&
      (value as { passed?: unknown }).passed === true &&
      Array.isArray((value as { reasons?: unknown }).reasons);
    const bad = fc.oneof(
      fc.anything().map((error): CustomAnswer => ({ name: 'licence', error })),
      fc
        .anything()
        .filter((value) => !wellFormed(value))
        .map(answered),
      fc
        .record(
          { passed: fc.anything(), reasons: fc.anything(), evidence: fc.anything() },
          { requiredKeys: ['passed'] },
        )
        .filter((value) => !wellFormed(value))
        .map(answered),
    );
    fc.assert(
      fc.property(fc.array(good), bad, fc.array(good), (before, answer, after) => {
        expect(judge(...before, answer, ...after).passed).toBe(false);
      }),
    );
  });

  it('gives each reason its code, in the verdict and beside the answer', () => {
    const cases: readonly [CustomAnswer, string][] = [
      [answered({ passed: false, reasons: ['no'] }), 'gate-refused'],
      [answered({ passed: false, reasons: [] }), 'gate-refused'],
      [answered('nonsense'), 'gate-malformed'],
      [{ name: 'licence', error: new Error('x') }, 'gate-silent'],
    ];
    for (const [given, code] of cases) {
      const { codes, evidence, reasons } = judge(given);
      expect(codes).toEqual([code]);
      expect(evidence).toMatchObject({ answers: [{ name: 'licence', code, reason: reasons[0] }] });
    }
    expect(judge(answered({ passed: true, reasons: [] })).evidence).toMatchObject({
      answers: [{ code: '', reason: '' }],
    });
    expect(judgeCustomAnswers(gates, [], now).codes).toEqual(['gate-silent']);
  });

  it('keeps how long it took, and null where nobody knows', () => {
    const pass = { passed: true, reasons: [] };
    expect(judge({ name: 'licence', answer: pass, seconds: 7 }).evidence).toMatchObject({ answers: [{ seconds: 7 }] });
    expect(judge(answered(pass)).evidence).toMatchObject({ answers: [{ seconds: null }] });
  });

  it('keeps the answer whole up to 4,000 characters of JSON, else its beginning', () => {
    const evidenceOf = (answer: unknown) =>
      (judge(answered(answer)).evidence as { answers: readonly Record<string, unknown>[] }).answers[0] ?? {};
    const room = 4000 - JSON.stringify({ passed: true, reasons: [''] }).length;
    const fits = { passed: true, reasons: ['x'.repeat(room)] };
    const exceeds = { passed: true, reasons: ['x'.repeat(room + 1)] };
    expect(evidenceOf(fits)).toMatchObject({ answer: fits });
    expect(evidenceOf(exceeds)).toMatchObject({ excerpt: JSON.stringify(exceeds).slice(0, 4000) });
    expect(evidenceOf(exceeds)).not.toHaveProperty('answer');
    expect(evidenceOf('text')).toMatchObject({ excerpt: '"text"' });
    expect(evidenceOf(undefined)).toMatchObject({ excerpt: 'null' });
    const circular: Record<string, unknown> = {};
    circular.self = circular;
    expect(evidenceOf(circular)).toMatchObject({ excerpt: 'nothing that is JSON' });
    expect(judge({ name: 'licence', error: new Error('x') }).evidence).toMatchObject({
      answers: [{ error: 'Error: x' }],
    });
  });

  it('cuts reasons and causes to 300 characters, and takes ten reasons', () => {
    const reasons = Array.from({ length: 11 }, (_, index) => `${index}${'y'.repeat(400)}`);
    const judged = judge(answered({ passed: false, reasons }));
    expect(judged.reasons).toHaveLength(10);
    expect(judged.reasons[0]).toBe(`Custom gate licence: 0${'y'.repeat(299)}`);
    expect(judge({ name: 'licence', error: new Error('z'.repeat(400)) }).reasons).toEqual([
      `Custom gate licence gave no answer (Error: ${'z'.repeat(293)}): mend it and start again.`,
    ]);
  });

  it.each([[null], [[]], ['text'], [7]])('takes no evidence that is %j', (evidence) => {
    expect(judge(answered({ passed: true, reasons: [], evidence })).codes).toEqual(['gate-malformed']);
  });

  it('takes an answer without evidence, and one that says it has none', () => {
    expect(judge(answered({ passed: true, reasons: [], evidence: undefined })).passed).toBe(true);
    expect(judge(answered({ passed: true, reasons: ['a', 'b'] })).passed).toBe(true);
    expect(judge(answered({ passed: true, reasons: ['a', 1] })).passed).toBe(false);
  });
});
