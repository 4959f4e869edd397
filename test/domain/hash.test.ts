import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { canonicalJson, sha256 } from '../../domain/hash.ts';

describe('canonicalJson', () => {
  it.each([
    [{ b: 1, a: 2 }, '{"a":2,"b":1}'],
    [{ b: { d: [{ z: 1, y: 2 }], c: null } }, '{"b":{"c":null,"d":[{"y":2,"z":1}]}}'],
    [{ a: undefined, b: '' }, '{"b":""}'],
    [[3, 1, 2], '[3,1,2]'],
    ['text', '"text"'],
    [null, 'null'],
  ])('of %j is %s', (value, expected) => {
    expect(canonicalJson(value)).toBe(expected);
  });

  it('says the same of the same value, in whatever order its keys were written', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (value) => {
        const backwards = Object.fromEntries(Object.entries(value).reverse());
        return canonicalJson(backwards) === canonicalJson(value);
      }),
    );
  });
});

describe('sha256', () => {
  it('is what everybody else computes', () => {
    expect(sha256('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
  });
});
