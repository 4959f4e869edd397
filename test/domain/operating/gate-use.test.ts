import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { mergeGateUse, unusedGate, type GateUse } from '../../../domain/operating/gate-use.ts';

const aUse = (over: Partial<GateUse> = {}): GateUse => ({ ...unusedGate('Tag Check'), ...over });
const took = (...seconds: number[]): GateUse => aUse({ runs: seconds.length, seconds });

describe('mergeGateUse', () => {
  it.each([
    [[], null],
    [[7], 7],
    [[9, 1], 5],
    [[9, 1, 2], 2],
    [[4, 1, 3, 2], 2.5],
  ])('takes the median of %j for %p', (seconds, median) => {
    const [merged] = mergeGateUse([aUse(), ...seconds.map((one) => took(one))]);
    expect(merged).toMatchObject({ runs: seconds.length, medianSeconds: median });
  });

  it('comes to the same whichever way the runs were paged', () => {
    fc.assert(
      fc.property(fc.array(fc.array(fc.nat(1000), { maxLength: 6 }), { maxLength: 6 }), (paged) => {
        const inPages = mergeGateUse(
          paged.map((page) => mergeGateUse([aUse(), ...page.map((one) => took(one))])[0] ?? aUse()),
        );
        const atOnce = mergeGateUse([aUse(), ...paged.flat().map((one) => took(one))]);
        expect(inPages[0] ?? aUse()).toEqual(atOnce[0]);
      }),
    );
  });

  it('keeps the last rejection, adds up by category, and tells gates of the same name apart', () => {
    const rejected = (at: string) => ({ at, campaignId: at, image: 'ami-1', reason: 'old', code: 'image-too-old' });
    const merged = mergeGateUse([
      aUse({ lastRejection: rejected('2026-11-02'), skipped: { hotfix: 1 } }),
      aUse({ lastRejection: rejected('2026-11-03'), skipped: { hotfix: 2, base: 1 } }),
      aUse({ lastRejection: rejected('2026-11-01') }),
      aUse({ custom: true }),
    ]);
    expect(merged).toHaveLength(2);
    expect(merged[0]).toMatchObject({ lastRejection: { at: '2026-11-03' }, skipped: { hotfix: 3, base: 1 } });
  });
});
