import { describe, expect, it } from '@jest/globals';
import { clockTime, durationInWords } from '../../../cli/terminal/duration.ts';
import { fit, wrap } from '../../../cli/terminal/fit.ts';
import { plural } from '../../../cli/terminal/plural.ts';

describe('clockTime', () => {
  it.each([
    [0, '+00:00:00'],
    [1_501_460, '+00:25:01'],
    [360_000_000, '+100:00:00'],
  ])('%i ms', (milliseconds, text) => expect(clockTime(milliseconds)).toBe(text));
});

describe('durationInWords', () => {
  it.each([
    [1.36, '1.4 s'],
    [45, '45 s'],
    [1500, '25 min'],
    [3599, '1 h'],
    [10_593, '2 h 57 min'],
  ])('%d s', (seconds, text) => expect(durationInWords(seconds)).toBe(text));
});

describe('fit and wrap', () => {
  it('keep every line within the width', () => {
    expect(fit('a long text', 6)).toBe('a lon…');
    expect(wrap('one two three four', 9)).toEqual(['one two', 'three', 'four']);
    expect(wrap('abcdefghijkl', 5)).toEqual(['abcde', 'fghij', 'kl']);
    expect(wrap('as long as it likes', null)).toEqual(['as long as it likes']);
  });
});

describe('plural', () => {
  it('counts', () => expect([plural(1, 'stack'), plural(1425, 'stack')]).toEqual(['1 stack', '1,425 stacks']));
});
