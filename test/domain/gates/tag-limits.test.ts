import { describe, expect, it } from '@jest/globals';
import { tagLimitReasons } from '../../../domain/gates/tag-limits.ts';

const many = (count: number, from = 0) =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [`tag-${from + index}`, 'x']));
const textsOf = (...given: Parameters<typeof tagLimitReasons>) => tagLimitReasons(...given).map(({ text }) => text);

describe('tagLimitReasons', () => {
  it.each([
    ['no tags', {}],
    ['fifty tags', many(50)],
    ['a key of 128 characters and a value of 256', { ['k'.repeat(128)]: 'v'.repeat(256) }],
    ['characters that are two UTF-16 units each', { ['🙂'.repeat(128)]: '🙂'.repeat(256) }],
    ['tags of AWS, however many and long', { ...many(50), 'aws:created-by': 'v'.repeat(300), 'AWS:x': 'y' }],
  ])('has nothing against %s', (_what, tags) => {
    expect(tagLimitReasons(tags)).toEqual([]);
  });

  it('names a key that is too long, shortened', () => {
    expect(tagLimitReasons({ ['k'.repeat(129)]: 'v' })).toEqual([
      { code: 'tag-limit', text: `Tag key ${'k'.repeat(39)}… has 129 characters, AWS accepts 128: shorten it.` },
    ]);
  });

  it('shows a key of forty characters whole, and one more shortened', () => {
    const value = 'v'.repeat(257);
    const shown = `AWS accepts 256: shorten it (${'v'.repeat(39)}…).`;
    expect(textsOf({ ['k'.repeat(40)]: value })).toEqual([
      `The value of tag ${'k'.repeat(40)} has 257 characters, ${shown}`,
    ]);
    expect(textsOf({ ['k'.repeat(41)]: value })).toEqual([
      `The value of tag ${'k'.repeat(39)}… has 257 characters, ${shown}`,
    ]);
  });

  it('names key and value where both are too long', () => {
    expect(textsOf({ ['k'.repeat(129)]: 'v'.repeat(257) })).toHaveLength(2);
  });

  it('says how many tags are too many, beside what is too long', () => {
    expect(textsOf({ ...many(51), long: 'v'.repeat(257) })).toEqual([
      expect.stringContaining('The value of tag long'),
      'The image has 52 tags, AWS accepts 50: remove 2.',
    ]);
  });

  it('counts what a campaign will write and is not there yet', () => {
    expect(textsOf({ ...many(48), long: 'v'.repeat(257) }, ['one', 'two', 'tag-0'])).toEqual([
      expect.stringContaining('The value of tag long'),
      'The image has 49 tags and a campaign writes one, two, AWS accepts 50: remove 1.',
    ]);
    expect(textsOf(many(48), ['one', 'two', 'tag-0'])).toEqual([]);
  });
});
