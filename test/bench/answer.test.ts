import { describe, expect, it } from '@jest/globals';
import { answerOf } from '../../bench/rehearsals/answer.ts';

const line = (fields: object) => JSON.stringify({ at: '2026-11-03T08:00:00.000Z', kind: 'invocation', ...fields });

describe('answerOf', () => {
  it('is the longest start that succeeded', () => {
    const log = [
      line({ handler: 'start-campaign', milliseconds: 450 }),
      line({ handler: 'start-campaign', milliseconds: 550 }),
      line({ handler: 'start-campaign', milliseconds: 9_000, error: 'Throttled' }),
      line({ handler: 'open-campaign', milliseconds: 2_000 }),
      line({ kind: 'call', milliseconds: 3_000 }),
    ];
    expect(answerOf(`${log.join('\n')}\n`)).toBe(550);
  });

  it('refuses a log without a start', () => {
    expect(() => answerOf(line({ handler: 'sweep', milliseconds: 1 }))).toThrow('no start');
  });
});
