import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { matchesGlob } from '../../../domain/gates/glob.ts';

describe('matchesGlob', () => {
  it.each([
    ['arn:aws:sts::1:assumed-role/Op_*/ana', 'arn:aws:sts::1:assumed-role/Op_0ab/ana', true],
    ['arn:aws:sts::1:assumed-role/Op_*/ana', 'arn:aws:sts::1:assumed-role/Op_0ab/anna', false],
    ['a?c', 'abc', true],
    ['a?c', 'ac', false],
    ['*', '', true],
    ['a.c', 'abc', false],
    ['a*c', 'a\nb\nc', true],
    ['a**c', 'abc', true],
    ['a?c', 'a\nc', true],
    ['b', 'abc', false],
    ['b*', 'abc', false],
    ['*b', 'abc', false],
  ])('%s on %s: %s', (glob, text, fits) => {
    expect(matchesGlob(glob, text)).toBe(fits);
  });

  it('takes a text without wildcards for exactly itself', () => {
    const plain = fc.string().filter((text) => !/[*?]/.test(text));
    fc.assert(fc.property(plain, plain, (glob, text) => matchesGlob(glob, text) === (glob === text)));
  });
});
