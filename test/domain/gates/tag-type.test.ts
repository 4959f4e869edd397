import { describe, expect, it } from '@jest/globals';
import { isOfType, toType } from '../../../domain/gates/tag-type.ts';
import type { TagType } from '../../../domain/configuration/family.ts';

const values: Readonly<Record<TagType, { readonly good: readonly string[]; readonly bad: readonly string[] }>> = {
  text: { good: ['', 'anything'], bad: [] },
  integer: {
    good: ['0', '7', '-7', '10', '-10', '1234567890123456789012'],
    bad: ['', '-', '-0', '00', '01', '-01', '+7', '7 ', ' 7', '7.0', '1e3', 'x7', '7x', '٧'],
  },
  boolean: { good: ['true', 'false'], bad: ['', 'True', 'yes', '1', 'true '] },
  date: {
    good: [
      '2026-11-22',
      '2024-02-29',
      '2026-11-22T12:00Z',
      '2026-11-22T12:00:59Z',
      '2026-11-22T12:00:59.1Z',
      '2026-11-22T12:00:59.123456789Z',
      '2026-11-22T12:00+01:00',
      '2026-11-22T12:00-11:30',
      '2026-12-31T23:59:59-01:00',
    ],
    bad: [
      '',
      '2026-11-2',
      '2026-1-22',
      '226-11-22',
      '12026-11-22',
      '2026-11-222',
      'x2026-11-22',
      '2026-11-22x',
      '2026-02-29',
      '2026-13-01',
      '2026-00-10',
      '2026-11-31',
      '2026-11-22T',
      '2026-11-22T12:00',
      '2026-11-22T12:00:00',
      '2026-11-22T1:00Z',
      '2026-11-22T12:0Z',
      '2026-11-22T12:00:0Z',
      '2026-11-22T12:00:00.Z',
      '2026-11-22T12:00:00.1234567890Z',
      '2026-11-22T12:00+1:00',
      '2026-11-22T12:00+01:0',
      '2026-11-22T12:00+0100',
      '2026-11-22T24:30Z',
      '2026-11-22T12:60Z',
      '2026-11-22 12:00Z',
      '2026-11-22Z',
    ],
  },
  version: {
    good: [
      '1.2',
      '1.2.3',
      '1.2.3.4',
      '10.20.30',
      '2.0.20261122.0',
      '1.4.0-rc.1',
      '1.4-beta',
      '1.4+build.7',
      '1.4-a-b+c',
    ],
    bad: [
      '',
      '1',
      '1.',
      '.1',
      '1.2.3.4.5',
      'v1.2',
      '1.2 ',
      '1..2',
      '1.2-',
      '1.2_3',
      '1.2-ä',
      '1.2 beta',
      'x1.2',
      '1.a',
    ],
  },
};
const types = Object.keys(values) as TagType[];
const cases = (which: 'good' | 'bad') => types.flatMap((type) => values[type][which].map((value) => ({ type, value })));

describe('isOfType', () => {
  it.each(cases('good'))('takes "$value" for $type', ({ type, value }) => {
    expect(isOfType(type, value)).toBe(true);
  });

  it.each(cases('bad'))('does not take "$value" for $type', ({ type, value }) => {
    expect(isOfType(type, value)).toBe(false);
  });
});

describe('toType', () => {
  it.each<[TagType, string, string | undefined]>([
    ['text', 'anything', undefined],
    ['integer', ' 007 ', '7'],
    ['integer', '+12', '12'],
    ['integer', '-012', '-12'],
    ['integer', '12345678901234567890', '12345678901234567890'],
    ['integer', '1+2', undefined],
    ['integer', '12x', undefined],
    ['integer', 'x12', undefined],
    ['integer', '', undefined],
    ['boolean', ' YES ', 'true'],
    ['boolean', 'y', 'true'],
    ['boolean', 'on', 'true'],
    ['boolean', '1', 'true'],
    ['boolean', 'TRUE', 'true'],
    ['boolean', 'No', 'false'],
    ['boolean', 'n', 'false'],
    ['boolean', 'off', 'false'],
    ['boolean', '0', 'false'],
    ['boolean', 'False', 'false'],
    ['boolean', 'perhaps', undefined],
    ['date', ' 2026-1-2 ', '2026-01-02'],
    ['date', '2026/11/22', '2026-11-22'],
    ['date', '2026.11.22', '2026-11-22'],
    ['date', '2026 11 22', '2026-11-22'],
    ['date', '20261122', '2026-11-22'],
    ['date', '2026_11_22', undefined],
    ['date', '2026-13-22', undefined],
    ['date', '2026--11-22', undefined],
    ['date', '2026-11--22', undefined],
    ['date', 'on 2026-11-22', undefined],
    ['date', '2026-11-22 12:00', undefined],
    ['date', '', undefined],
    ['version', ' v1.4 ', '1.4'],
    ['version', 'V1.4', '1.4'],
    ['version', 'version 1.4', '1.4'],
    ['version', 'Version-1.4', '1.4'],
    ['version', 'v.1.4', '1.4'],
    ['version', '1_4_2', '1.4.2'],
    ['version', '1.4v', undefined],
    ['version', 'my v1.4', undefined],
    ['version', 'latest', undefined],
  ])('makes of a %s "%s" %s', (type, value, expected) => {
    expect(toType(type, value)).toBe(expected);
  });
});
