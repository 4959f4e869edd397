import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Family, TagRule } from '../../../domain/configuration.ts';
import { judgeTags } from '../../../domain/gates/tag-check.ts';
import { daysAgo, imageFacts, now } from './image-facts.ts';

const rule = (key: string, over: Partial<TagRule> = {}): TagRule => ({
  key,
  required: true,
  values: null,
  pattern: null,
  ...over,
});

const family: Family = {
  name: 'al2023-base',
  owners: ['self', '999988887777'],
  namePattern: 'al2023-base-*',
  tags: [
    rule('version', { pattern: String.raw`^\d{4}\.\d{1,2}\.\d+$` }),
    rule('environment', { values: ['production', 'staging', 'development'] }),
    rule('build_id'),
    rule('test_results', { required: false, values: ['passed'] }),
    rule('notes', { required: false }),
  ],
  promotionParameter: '/ami-rollout/{family}/{environment}/image',
};

const context = { hubAccount: '111122223333', now };
const judge = (over: Parameters<typeof imageFacts>[0] = {}) => judgeTags(imageFacts(over), family, context);
const good = imageFacts().tags;
/** The good tags without one, and with others instead. */
const tags = (without: string, others: Record<string, string> = {}): Record<string, string> => ({
  ...Object.fromEntries(Object.entries(good).filter(([key]) => key !== without)),
  ...others,
});

describe('judgeTags', () => {
  it('passes a good image and keeps what it looked at as evidence', () => {
    const verdict = judge();
    expect(verdict).toMatchObject({ gate: 'Tag Check', passed: true, reasons: [], at: now.toISOString() });
    expect(verdict.evidence).toMatchObject({ family: 'al2023-base', image: { owner: '111122223333', tags: good } });
    expect(JSON.parse(JSON.stringify(verdict))).toEqual(verdict);
  });

  it.each([
    ['a missing tag', tags('build_id'), 'Tag build_id is missing: set it to a value.'],
    [
      'a missing tag with allowed values',
      tags('environment'),
      'Tag environment is missing: set it to one of production, staging, development.',
    ],
    [
      'a missing tag with a pattern',
      tags('version'),
      String.raw`Tag version is missing: set it to a value that matches ^\d{4}\.\d{1,2}\.\d+$.`,
    ],
    ['an empty value', { ...good, build_id: ' ' }, 'Tag build_id=  is not accepted: set it to a value.'],
    [
      'a key without its underscore',
      tags('build_id', { buildid: '4711' }),
      'Tag buildid=4711 is not the tag build_id: set build_id=4711 and remove buildid.',
    ],
    [
      'a key in another case',
      tags('environment', { Environment: 'production' }),
      'Tag Environment=production is not the tag environment: set environment=production and remove Environment.',
    ],
    [
      'a short key with a short value',
      tags('environment', { env: 'prod' }),
      'Tag env=prod is not the tag environment: set environment=production and remove env.',
    ],
    [
      'a misspelt key with a value of no use',
      tags('environment', { enviroment: 'green' }),
      'Tag enviroment=green is not the tag environment: use the key environment with one of production, staging, development and remove enviroment.',
    ],
    [
      'a short value',
      { ...good, environment: 'prod' },
      'Tag environment=prod is not accepted: set environment=production.',
    ],
    [
      'a value in another case',
      { ...good, environment: 'Staging' },
      'Tag environment=Staging is not accepted: set environment=staging.',
    ],
    [
      'a misspelt value',
      { ...good, environment: 'prodcution' },
      'Tag environment=prodcution is not accepted: set environment=production.',
    ],
    [
      'a value of no use',
      { ...good, environment: 'green' },
      'Tag environment=green is not accepted: set it to one of production, staging, development.',
    ],
    [
      'a value that only begins like the pattern',
      { ...good, version: '2026.11.3-rc1' },
      String.raw`Tag version=2026.11.3-rc1 is not accepted: set it to a value that matches ^\d{4}\.\d{1,2}\.\d+$.`,
    ],
    [
      'a value in another dress',
      { ...good, version: ' v2026.11.3' },
      'Tag version= v2026.11.3 is not accepted: set version=2026.11.3.',
    ],
    [
      'an optional tag with a wrong value',
      { ...good, test_results: 'failed' },
      'Tag test_results=failed is not accepted: set it to passed.',
    ],
    [
      'a near miss of an optional tag',
      { ...good, testresults: 'failed' },
      'Tag testresults=failed is not the tag test_results: use the key test_results with passed and remove testresults.',
    ],
    [
      'a misspelt optional tag that may have any value',
      { ...good, note: 'x' },
      'Tag note=x is not the tag notes: set notes=x and remove note.',
    ],
    [
      'the tag of another family',
      { ...good, 'ami-rollout:family': 'windows' },
      'Tag ami-rollout:family=windows is not accepted: set it to al2023-base.',
    ],
    [
      'a category in another case',
      { ...good, 'ami-rollout:category': 'Hotfix' },
      'Tag ami-rollout:category=Hotfix is not accepted: set ami-rollout:category=hotfix.',
    ],
    [
      'a misspelt tag of our own',
      tags('ami-rollout:family', { 'ami-rollout:famly': 'al2023-base' }),
      'Tag ami-rollout:famly=al2023-base is not the tag ami-rollout:family: set ami-rollout:family=al2023-base and remove ami-rollout:famly.',
    ],
  ])('refuses %s with its correction', (_, given, reason) => {
    expect(judge({ tags: given })).toMatchObject({ passed: false, reasons: [reason] });
  });

  it.each([
    ['a tag that no rule knows', { ...good, Name: 'base', env: 'x' }],
    ['a short form of an optional tag whose value says something else', { ...good, test: 'integration' }],
    ['a short form of an optional tag that may have any value', { ...good, no: 'y' }],
    ['a family tag that is missing', tags('ami-rollout:family')],
    ['a known category', { ...good, 'ami-rollout:category': 'hotfix' }],
  ])('accepts %s', (_, given) => {
    expect(judge({ tags: given }).reasons).toEqual([]);
  });

  it.each([
    ['pending', 'start again once it is available'],
    ['deregistered', 'choose an image that is available'],
    ['disabled', 'choose an image that is available'],
    ['', 'choose an image that is available'],
  ])('refuses the state "%s"', (state, advice) => {
    const { passed, reasons } = judge({ state });
    expect(passed).toBe(false);
    expect(reasons).toEqual([expect.stringContaining(advice)]);
  });

  it('takes self for the hub account and accepts the other owners named', () => {
    expect(judge({ owner: '999988887777' }).passed).toBe(true);
    expect(judge({ owner: 'self' }).passed).toBe(false);
    expect(judge({ owner: '000000000000' }).reasons).toEqual([
      "Image ami-0123456789abcdef0 belongs to account 000000000000: images of al2023-base must come from 111122223333 or 999988887777; build it there or add the account to the family's owners.",
    ]);
  });

  it.each([
    [daysAgo(1), false],
    [now.toISOString(), false],
    ['soon', false],
    [daysAgo(-1), true],
    [null, true],
  ])('with deprecation date %s passes: %s', (deprecatedAt, passed) => {
    expect(judge({ deprecatedAt }).passed).toBe(passed);
  });

  it('fails closed on a pattern that is no regular expression', () => {
    const broken = { ...family, tags: [rule('version', { pattern: '(' })] };
    expect(judgeTags(imageFacts(), broken, context).passed).toBe(false);
  });

  it('names everything that is wrong at once', () => {
    expect(judge({ state: 'failed', owner: '1', tags: {} }).reasons).toHaveLength(5);
  });

  it('passes no image whose required tags are not all there with accepted values', () => {
    const keys = fc.constantFrom('version', 'Version', 'environment', 'env', 'build_id', 'buildId', 'constructor');
    const values = fc.constantFrom('2026.11.3', 'v2026.11.3', 'production', 'prod', '', ' ', '4711');
    fc.assert(
      fc.property(fc.dictionary(keys, values), (given) => {
        const right =
          given.version === '2026.11.3' && given.environment === 'production' && (given.build_id ?? '').trim() !== '';
        expect(judge({ tags: given }).passed && !right).toBe(false);
      }),
    );
  });
});
