import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { reason, reasonCodes } from '../../../domain/gates/reason.ts';
import { reasonText, verdict } from '../../../domain/gates/verdict.ts';
import { now } from './image-facts.ts';

describe('verdict', () => {
  it('passes exactly when there is no reason', () => {
    fc.assert(
      fc.property(fc.array(fc.string()), fc.constantFrom(...reasonCodes), (reasons, code) => {
        const result = verdict(
          'Age Limit',
          reasons.map((text) => reason(code, text)),
          { ageDays: 1 },
          now,
        );
        expect(result).toEqual({
          gate: 'Age Limit',
          passed: reasons.length === 0,
          reasons,
          codes: reasons.map(() => code),
          evidence: { ageDays: 1 },
          at: '2026-11-22T12:00:00.000Z',
        });
      }),
    );
  });
});

describe('reasonText', () => {
  it('joins the reasons and is empty when there are none', () => {
    expect(reasonText({ reasons: ['First.', 'Second.'] })).toBe('First. Second.');
    expect(reasonText({ reasons: [] })).toBe('');
  });

  it('never exceeds 900 characters and shows that it was cut', () => {
    expect(reasonText({ reasons: ['x'.repeat(900)] })).toBe('x'.repeat(900));
    const cut = reasonText({ reasons: ['x'.repeat(600), 'y'.repeat(600)] });
    expect(cut).toHaveLength(900);
    expect(cut.endsWith('y…')).toBe(true);
  });
});
