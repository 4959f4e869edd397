import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { nearest, nearMiss, sameLetters } from '../../../domain/gates/near-miss.ts';

describe('nearMiss', () => {
  it.each([
    ['buildid', 'build_id', 'spelling'],
    ['Environment', 'environment', 'spelling'],
    ['enviroment', 'environment', 'spelling'],
    ['verison', 'version', 'spelling'],
    ['CreatedDate', 'created_date', 'spelling'],
    ['ami-rollout:Family', 'ami-rollout:family', 'spelling'],
    ['env', 'environment', 'abbreviation'],
    ['prod', 'production', 'abbreviation'],
    ['prd', 'production', 'abbreviation'],
    ['PRD', 'prod', 'abbreviation'],
    ['stg', 'staging', 'abbreviation'],
    ['stage', 'staging', 'abbreviation'],
    ['version_number', 'version', 'abbreviation'],
    ['version', 'version', undefined],
    ['owner', 'version', undefined],
    ['Name', 'build_id', undefined],
    ['session', 'version', undefined],
    ['', 'version', undefined],
    ['---', 'version', undefined],
    ['version', '', undefined],
    // One typing error in up to seven letters, two in more.
    ['versoon', 'version', 'spelling'],
    ['xersoon', 'version', undefined],
    ['xnvxronment', 'environment', 'spelling'],
    ['xnvxronmext', 'environment', undefined],
    ['xatabase', 'database', 'spelling'],
    ['xatabasx', 'database', 'spelling'],
    ['xatabaxx', 'database', undefined],
    ['xatabsae', 'database', 'spelling'],
    // Letters that are left out, put in, or swapped.
    ['vrsion', 'version', 'spelling'],
    ['vversion', 'version', 'spelling'],
    ['ersion', 'version', 'spelling'],
    ['versino', 'version', 'spelling'],
    ['evrsion', 'version', 'spelling'],
    // Four letters are enough to be a typing error, three are not.
    ['nmae', 'name', 'spelling'],
    ['kye', 'key', undefined],
    // An abbreviation begins with the word's first letter, keeps the order and has at least two letters.
    ['rd', 'production', undefined],
    ['p', 'production', undefined],
    ['pn', 'production', 'abbreviation'],
    ['pnd', 'production', undefined],
    ['prdd', 'production', undefined],
    ['poo', 'production', 'abbreviation'],
    // Or the two begin alike.
    ['verstehen', 'version', 'abbreviation'],
    ['verxxxxxx', 'version', undefined],
    ['database9999', 'datacentre', 'abbreviation'],
    ['datxxxxxxxx', 'datacentre', undefined],
  ])('takes %s for %s as %s', (text, word, miss) => {
    expect(nearMiss(text, word)).toBe(miss);
  });

  it('takes no text for a near miss of itself', () => {
    fc.assert(fc.property(fc.string(), (text) => nearMiss(text, text) === undefined));
  });
});

describe('nearMiss of long texts', () => {
  const word = 'a'.repeat(126) + 'bc';
  it.each([
    ['up to 128 characters are compared letter by letter', `x${word.slice(1)}`, 'spelling'],
    ['longer ones are not', `x${word}`, undefined],
  ])('%s', (_what, text, miss) => {
    expect(nearMiss(text, word)).toBe(miss);
    expect(nearMiss(word, text)).toBe(miss);
  });
});

describe('nearest', () => {
  it('takes the first of several that are as near', () => {
    expect(nearest('prd', ['staging', 'production', 'prod'])).toBe('production');
    expect(nearest('Prod', ['PROD', 'prod'])).toBe('PROD');
  });

  it('prefers another spelling to an abbreviation, whatever the order', () => {
    expect(nearest('Prod', ['production', 'prod'])).toBe('prod');
  });

  it('gives nothing where nothing is near', () => {
    expect(nearest('green', ['production', 'staging'])).toBeUndefined();
  });
});

describe('sameLetters', () => {
  it.each([
    ['Build-ID', 'build_id', true],
    ['build id 2', 'BUILDID2', true],
    ['build', 'builds', false],
    ['--', '..', false],
  ])('of %s and %s is %s', (one, other, same) => {
    expect(sameLetters(one, other)).toBe(same);
  });
});
