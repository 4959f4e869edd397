import { describe, expect, it } from '@jest/globals';
import { adoptionOf, adoptionText } from '../../../domain/campaign/adoption.ts';
import type { StackRecord } from '../../../domain/records/stack-record.ts';
import { aStackRecord } from '../fakes/stack-record.ts';

const builtAt = '2026-11-20T00:00:00.000Z';
const campaign = { builtAt, dryRun: false };
const done = (instances: number, endedAt: string): StackRecord =>
  aStackRecord({ status: 'done', instances: { 'ami-new': instances }, endedAt });
const hoursLater = (hours: number): string => new Date(Date.parse(builtAt) + hours * 3_600_000).toISOString();

describe('adoptionOf', () => {
  it('measures hours from the making of the image until each share of the instances', () => {
    const records = [done(80, hoursLater(30)), done(10, hoursLater(20)), done(10, hoursLater(50.26))];
    expect(adoptionOf(campaign, records)).toEqual({
      instances: 100,
      onImage: 100,
      percent: 100,
      hours: { 50: 30, 90: 30, 100: 50.3 },
    });
  });

  it('goes by instances and not by stacks', () => {
    const records = [done(1, hoursLater(1)), done(1, hoursLater(2)), done(98, hoursLater(9))];
    expect(adoptionOf(campaign, records)?.hours).toEqual({ 50: 9, 90: 9, 100: 9 });
  });

  it('never reaches all where a stack was put back or left out, which weighs as much as the average', () => {
    const back = aStackRecord({ status: 'restored', instances: { 'ami-old': 10 }, endedAt: hoursLater(3) });
    const leftOut = aStackRecord({ status: 'skipped', reason: 'held by its tag', endedAt: hoursLater(0) });
    expect(adoptionOf(campaign, [done(30, hoursLater(4)), back, leftOut])).toEqual({
      instances: 60,
      onImage: 30,
      percent: 50,
      hours: { 50: 4, 90: null, 100: null },
    });
  });

  it('counts stacks that were on the image before', () => {
    const current = aStackRecord({
      status: 'skipped',
      reason: 'current',
      instances: { 'ami-new': 9 },
      endedAt: hoursLater(2),
    });
    expect(adoptionOf(campaign, [current, done(1, hoursLater(5))])?.hours).toEqual({ 50: 2, 90: 2, 100: 5 });
  });

  it('says how far it is while stacks are still to come', () => {
    const pending = [1, 2, 3].map(() => aStackRecord({ status: 'pending' }));
    expect(adoptionOf(campaign, [done(4, hoursLater(1)), ...pending])).toMatchObject({ instances: 16, percent: 25 });
  });

  it('is nothing where nothing is planned, or only planned', () => {
    expect(adoptionOf(campaign, [])).toBeNull();
    expect(adoptionOf({ ...campaign, dryRun: true }, [done(1, builtAt)])).toBeNull();
  });

  it('knows no hours of an image whose making nobody knows', () => {
    expect(adoptionOf({ builtAt: '', dryRun: false }, [done(1, hoursLater(1))])?.hours).toEqual({
      50: null,
      90: null,
      100: null,
    });
  });
});

describe('adoptionText', () => {
  it('says what was reached, and when', () => {
    const adoption = adoptionOf(campaign, [
      done(9, hoursLater(4)),
      aStackRecord({ status: 'failed', instances: { a: 1 } }),
    ]);
    expect(adoption && adoptionText(adoption)).toBe(
      '9 of 10 instances run the image (90 %); 50 % after 4 h, 90 % after 4 h since it was built',
    );
  });
});
