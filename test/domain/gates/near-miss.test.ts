import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { nearest, nearMiss } from '../../../domain/gates/near-miss.ts';

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
  ])('takes %s for %s as %s', (text, word, miss) => {
    expect(nearMiss(text, word)).toBe(miss);
  });

  it('takes no text for a near miss of itself', () => {
    fc.assert(fc.property(fc.string(), (text) => nearMiss(text, text) === undefined));
  });
});

describe('nearest', () => {
  it('prefers another spelling to an abbreviation, whatever the order', () => {
    expect(nearest('Prod', ['production', 'prod'])).toBe('prod');
  });

  it('gives nothing where nothing is near', () => {
    expect(nearest('green', ['production', 'staging'])).toBeUndefined();
  });
});
