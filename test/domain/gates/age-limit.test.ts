import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { judgeAge } from '../../../domain/gates/age-limit.ts';
import { daysAgo, imageFacts, now } from './image-facts.ts';
import { aPolicy } from '../fakes/configuration.ts';

const policy = aPolicy({ maxAgeDays: 30, maxFindings: {} });
const strict = { allowOlder: false, now };
const built = (createdAt: string, id = 'ami-0123456789abcdef0') => imageFacts({ id, createdAt });
const promoted = built(daysAgo(5), 'ami-00000000000000001');

describe('judgeAge', () => {
  it.each([
    ['just built', now.toISOString(), []],
    ['exactly at the limit', daysAgo(30), []],
    ['over the limit', daysAgo(30.5), ['Image ami-0123456789abcdef0 is 30.5 days old, 30 accepted: build a new one.']],
    [
      'from the future',
      daysAgo(-0.5),
      [
        'Image ami-0123456789abcdef0 was created in the future (2026-11-23T00:00:00.000Z): check the clocks and build again.',
      ],
    ],
    [
      'without a readable date',
      'today',
      ['The creation date of image ami-0123456789abcdef0 cannot be read (today): choose another image.'],
    ],
  ])('judges an image %s', (_, createdAt, reasons) => {
    const verdict = judgeAge(built(createdAt), undefined, policy, strict);
    expect(verdict).toMatchObject({ gate: 'Age Limit', passed: reasons.length === 0, reasons });
    expect(JSON.parse(JSON.stringify(verdict))).toEqual(verdict);
  });

  it.each([
    ['newer than', daysAgo(4), false, true],
    ['as old as', daysAgo(5), false, true],
    ['older than', daysAgo(6), false, false],
    ['older on purpose than', daysAgo(6), true, true],
  ])('judges an image %s the promoted one', (_, createdAt, allowOlder, passed) => {
    expect(judgeAge(built(createdAt), promoted, policy, { allowOlder, now }).passed).toBe(passed);
  });

  it('names both images and the way to go back on purpose', () => {
    expect(judgeAge(built(daysAgo(6)), promoted, policy, strict).reasons).toEqual([
      'Image ami-0123456789abcdef0 (2026-11-16T12:00:00.000Z) is older than the promoted ami-00000000000000001 (2026-11-17T12:00:00.000Z): choose a newer one, or start again with allowOlder to go back on purpose.',
    ]);
  });

  it('refuses where the promoted image has no readable date', () => {
    expect(judgeAge(built(daysAgo(1)), built('never'), policy, strict).passed).toBe(false);
  });

  it('never lets allowOlder lift the limit in days', () => {
    expect(judgeAge(built(daysAgo(31)), promoted, policy, { allowOlder: true, now }).passed).toBe(false);
  });

  it('passes exactly the ages between 0 and the limit', () => {
    fc.assert(
      fc.property(fc.integer({ min: -40, max: 80 }), (days) => {
        expect(judgeAge(built(daysAgo(days)), null, policy, strict).passed).toBe(days >= 0 && days <= 30);
      }),
    );
  });
});
