import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { judgeAge } from '../../../domain/gates/age-limit.ts';
import { daysAgo, imageFacts, now } from './image-facts.ts';
import { aPolicy } from '../fakes/configuration.ts';

const policy = aPolicy({ maxAgeDays: 30, deprecationMarginDays: 0 });
const strict = { allowOlder: null, now };
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
    ['newer than', daysAgo(4), null, true],
    ['as old as', daysAgo(5), null, true],
    ['older than', daysAgo(6), null, false],
    ['older on purpose than', daysAgo(6), 'the new one leaks', true],
  ])('judges an image %s the promoted one', (_, createdAt, allowOlder, passed) => {
    expect(judgeAge(built(createdAt), promoted, policy, { allowOlder, now }).passed).toBe(passed);
  });

  it('names both images and the way to go back on purpose', () => {
    expect(judgeAge(built(daysAgo(6)), promoted, policy, strict).reasons).toEqual([
      'Image ami-0123456789abcdef0 (2026-11-16T12:00:00.000Z) is older than the promoted ami-00000000000000001 (2026-11-17T12:00:00.000Z): choose a newer one, or start again with allowOlder and a reason to go back on purpose.',
    ]);
  });

  it('refuses where the promoted image has no readable date', () => {
    expect(judgeAge(built(daysAgo(1)), built('never'), policy, strict).passed).toBe(false);
  });

  it('refuses where the promoted image is gone, unless that is accepted with a reason', () => {
    const unreadable = ['ami-00000000000000001'];
    expect(judgeAge(built(daysAgo(1)), null, policy, { ...strict, unreadable }).reasons).toEqual([
      'The promoted ami-00000000000000001 cannot be read any more, so nobody knows whether image ami-0123456789abcdef0 is older: start again with allowOlder and a reason.',
    ]);
    expect(
      judgeAge(built(daysAgo(1)), null, policy, { allowOlder: 'it was deregistered', unreadable, now }).passed,
    ).toBe(true);
  });

  it.each([
    ['never', null, 14, null],
    ['far ahead', daysAgo(-15), 14, null],
    ['exactly at the margin', daysAgo(-14), 14, null],
    ['within the margin', daysAgo(-10), 14, `in 10 days (${daysAgo(-10)}), 14 days wanted`],
    ['past', daysAgo(1), 0, `since ${daysAgo(1)}`],
    ['now', now.toISOString(), 0, `since ${now.toISOString()}`],
    ['no date', 'soon', 0, 'since soon'],
  ])('judges a deprecation date that is %s', (_, at, deprecationMarginDays, when) => {
    const deprecations = [
      { region: 'eu-west-1', id: 'ami-0123456789abcdef0', at: null },
      { region: 'us-east-1', id: 'ami-00000000000000002', at },
    ];
    const { reasons } = judgeAge(
      built(daysAgo(1)),
      null,
      { ...policy, deprecationMarginDays },
      { ...strict, deprecations },
    );
    expect(reasons).toEqual(
      when === null
        ? []
        : [
            `Image ami-00000000000000002 in us-east-1 is deprecated ${when}: move the date with aws ec2 enable-image-deprecation, or choose a newer image.`,
          ],
    );
  });

  it('never lets allowOlder lift the limit in days', () => {
    expect(judgeAge(built(daysAgo(31)), promoted, policy, { allowOlder: 'the new one leaks', now }).passed).toBe(false);
  });

  it('passes exactly the ages between 0 and the limit', () => {
    fc.assert(
      fc.property(fc.integer({ min: -40, max: 80 }), (days) => {
        expect(judgeAge(built(daysAgo(days)), null, policy, strict).passed).toBe(days >= 0 && days <= 30);
      }),
    );
  });

  it.each<[string, () => ReturnType<typeof judgeAge>]>([
    ['image-date', () => judgeAge(built('today'), null, policy, strict)],
    ['image-date', () => judgeAge(built(daysAgo(-1)), null, policy, strict)],
    ['image-too-old', () => judgeAge(built(daysAgo(31)), null, policy, strict)],
    ['image-older', () => judgeAge(built(daysAgo(6)), promoted, policy, strict)],
    ['promoted-unreadable', () => judgeAge(built(daysAgo(1)), null, policy, { ...strict, unreadable: ['ami-1'] })],
    [
      'image-deprecation-near',
      () =>
        judgeAge(built(daysAgo(1)), null, policy, {
          ...strict,
          deprecations: [{ region: 'eu-west-1', id: 'ami-1', at: daysAgo(1) }],
        }),
    ],
  ])('gives programs the code %s: case %#', (code, judged) => {
    expect(judged().codes).toEqual([code]);
  });

  it('has nothing against a deprecation that is far enough ahead', () => {
    const deprecations = [{ region: 'eu-west-1', id: 'ami-1', at: daysAgo(-15) }];
    const { passed, codes } = judgeAge(built(daysAgo(1)), null, policy, { ...strict, deprecations });
    expect({ passed, codes }).toEqual({ passed: true, codes: [] });
  });

  it('names every promoted image that cannot be read', () => {
    const unreadable = ['ami-1', 'ami-2'];
    expect(judgeAge(built(daysAgo(1)), null, policy, { ...strict, unreadable }).reasons[0]).toContain(
      'The promoted ami-1, ami-2 cannot be read',
    );
  });

  it('keeps what it has judged by as evidence', () => {
    const deprecations = [{ region: 'eu-west-1', id: 'ami-1', at: null }];
    expect(judgeAge(built(daysAgo(1.23)), promoted, policy, { ...strict, deprecations }).evidence).toEqual({
      image: { id: 'ami-0123456789abcdef0', region: 'eu-west-1', createdAt: daysAgo(1.23) },
      promoted: { id: 'ami-00000000000000001', region: 'eu-west-1', createdAt: daysAgo(5) },
      ageDays: 1.2,
      maxAgeDays: 30,
      deprecations,
      deprecationMarginDays: 0,
      unreadable: [],
      allowOlder: null,
    });
  });
});
