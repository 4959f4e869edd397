import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Family, TagRule } from '../../../domain/configuration/family.ts';
import { judgeTags } from '../../../domain/gates/tag-check.ts';
import { daysAgo, imageFacts, now } from './image-facts.ts';

const rule = (key: string, over: Partial<TagRule> = {}): TagRule => ({
  key,
  required: true,
  type: 'text',
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

describe('judgeTags by type', () => {
  const typed: Family = {
    ...family,
    tags: [
      rule('created_date', { required: false, type: 'date' }),
      rule('size_gb', { required: false, type: 'integer' }),
      rule('hardened', { required: false, type: 'boolean' }),
      rule('version', { type: 'version' }),
    ],
  };
  const reasonsFor = (given: Record<string, string>) =>
    judgeTags(imageFacts({ tags: { version: '2026.11.3', ...given } }), typed, context).reasons;

  it.each([
    { created_date: '2026-11-22' },
    { created_date: '2026-11-22T12:00:00Z' },
    { created_date: '2026-11-22T12:00:00.123+01:00' },
    { created_date: '2024-02-29' },
    { size_gb: '8' },
    { size_gb: '-1' },
    { hardened: 'false' },
    { version: '2.0.20261122.0' },
    { version: '1.4.0-rc.1' },
  ])('accepts %j', (given) => {
    expect(reasonsFor(given)).toEqual([]);
  });

  it.each([
    ['created_date', '2026/11/3', 'set created_date=2026-11-03'],
    ['created_date', '20261122', 'set created_date=2026-11-22'],
    ['created_date', '2026-02-30', 'set it to a date such as 2026-11-22 or 2026-11-22T12:00:00Z'],
    ['created_date', '03/11/2026', 'set it to a date such as 2026-11-22 or 2026-11-22T12:00:00Z'],
    ['created_date', '2026-11-22T25:00:00Z', 'set it to a date such as 2026-11-22 or 2026-11-22T12:00:00Z'],
    ['size_gb', '008', 'set size_gb=8'],
    ['size_gb', '8 GB', 'set it to a whole number such as 42'],
    ['size_gb', '1e3', 'set it to a whole number such as 42'],
    ['hardened', 'True', 'set hardened=true'],
    ['hardened', 'no', 'set hardened=false'],
    ['hardened', 'maybe', 'set it to true or false'],
    ['version', 'v1.4', 'set version=1.4'],
    ['version', '2026_11_3', 'set version=2026.11.3'],
    ['version', 'latest', 'set it to a version such as 2026.11.3'],
  ])('refuses %s=%s with its correction', (key, value, mend) => {
    expect(reasonsFor({ [key]: value })).toEqual([`Tag ${key}=${value} is not accepted: ${mend}.`]);
  });
});

describe('judgeTags with tags that disagree', () => {
  it.each<[string, Record<string, string>, string[]]>([
    [
      'another spelling with another value',
      { ...good, Environment: 'staging' },
      [
        'Tags environment=production and Environment=staging say two things: keep the right value in environment and remove Environment.',
      ],
    ],
    [
      'a short form with another value',
      { ...good, env: 'dev' },
      ['Tags environment=production and env=dev say two things: keep the right value in environment and remove env.'],
    ],
    [
      'another spelling with the same value',
      { ...good, Environment: 'Production' },
      ['Tag Environment=Production says again what environment=production says: remove Environment.'],
    ],
    [
      'another spelling of a key that takes any value',
      { ...good, 'Build-ID': '4712' },
      ['Tags build_id=4711 and Build-ID=4712 say two things: keep the right value in build_id and remove Build-ID.'],
    ],
    [
      'two near misses in place of the key',
      tags('environment', { Environment: 'staging', env: 'prod' }),
      [
        'Tags Environment=staging and env=prod all stand for environment and say different things: set environment to one of production, staging, development and remove Environment, env.',
      ],
    ],
    [
      'a wrong value and another spelling',
      { ...good, environment: 'green', Environment: 'production' },
      [
        'Tag environment=green is not accepted: set it to one of production, staging, development.',
        'Tags environment=green and Environment=production say two things: keep the right value in environment and remove Environment.',
      ],
    ],
  ])('names %s', (_, given, reasons) => {
    expect(judge({ tags: given }).reasons).toEqual(reasons);
  });

  it('takes a short form that says the same for no conflict', () => {
    expect(judge({ tags: { ...good, env: 'prod' } }).reasons).toEqual([]);
  });

  it('takes two near misses that mean the same for one', () => {
    expect(judge({ tags: tags('environment', { Environment: 'Production', env: 'prod' }) }).reasons).toEqual([
      'Tag Environment=Production is not the tag environment: set environment=production and remove Environment.',
    ]);
  });
});

describe("judgeTags at AWS's limits", () => {
  const many = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, n) => [`x-${n}`, 'y']));

  it.each<[string, Record<string, string>, string | null]>([
    ['a value of 256 characters', { notes: 'ä'.repeat(256) }, null],
    ['a value of 257', { notes: 'a'.repeat(257) }, 'The value of tag notes has 257 characters, AWS accepts 256'],
    ['characters beyond the basic plane', { notes: '🙂'.repeat(256) }, null],
    ['a key of 129', { ['k'.repeat(129)]: 'x' }, 'has 129 characters, AWS accepts 128: shorten it.'],
    ['a tag of AWS', { [`aws:${'k'.repeat(200)}`]: 'x' }, null],
    ['51 tags', many(47), 'The image has 51 tags, AWS accepts 50: remove 1.'],
    [
      'no room for what a campaign writes',
      many(44),
      'The image has 48 tags and a campaign writes ami-rollout:promoted, security_scan_status, test_results, AWS accepts 50: remove 1.',
    ],
    ['just enough room', many(43), null],
  ])('judges %s', (_, more, reason) => {
    expect(judge({ tags: { ...good, ...more } }).reasons).toEqual(
      reason === null ? [] : [expect.stringContaining(reason)],
    );
  });
});

describe('judgeTags beside the promoted image', () => {
  const promoted = imageFacts({ id: 'ami-00000000000000001' });
  const beside = (over: Parameters<typeof imageFacts>[0], before: Parameters<typeof imageFacts>[0] = {}) =>
    judgeTags(imageFacts(over), family, { ...context, promoted: { ...promoted, ...before } }).reasons;

  it.each<[string, Parameters<typeof imageFacts>[0], Parameters<typeof imageFacts>[0]]>([
    ['nothing else', {}, {}],
    ['a boot mode that boots either way', { bootMode: 'uefi-preferred' }, { bootMode: 'uefi' }],
    ['the boot mode that its instances have anyway', { bootMode: null }, { bootMode: 'legacy-bios' }],
    ['encryption that was not there', { encrypted: true }, { encrypted: false }],
  ])('accepts %s', (_, over, before) => {
    expect(beside(over, before)).toEqual([]);
  });

  it.each<[string, Parameters<typeof imageFacts>[0], Parameters<typeof imageFacts>[0], string]>([
    [
      'architecture',
      { architecture: 'arm64' },
      {},
      'has architecture arm64, the promoted ami-00000000000000001 has x86_64',
    ],
    ['virtualization', { virtualization: 'paravirtual' }, {}, 'has virtualization type paravirtual'],
    ['root device', { rootDeviceType: 'instance-store' }, {}, 'has root device type instance-store'],
    [
      'boot mode',
      { bootMode: 'uefi' },
      {},
      'has boot mode uefi, the promoted ami-00000000000000001 has uefi-preferred',
    ],
    ['default boot mode', { bootMode: null }, { bootMode: 'uefi' }, 'has boot mode legacy-bios'],
    ['encryption', { encrypted: false }, {}, 'is not encrypted, the promoted ami-00000000000000001 is'],
    ['unknown architecture on both', { architecture: '' }, { architecture: '' }, 'has architecture (unknown)'],
  ])('refuses another %s', (_, over, before, reason) => {
    expect(beside(over, before)).toEqual([expect.stringContaining(reason)]);
  });
});

describe('judgeTags with recorded verdicts', () => {
  it('leaves a tag that a gate has written to the gate, whatever it says now', () => {
    const judged = (test_results: string, recorded: Record<string, string>) =>
      judgeTags(imageFacts({ tags: { ...good, test_results } }), family, { ...context, recorded });
    expect(judged('failed', {}).passed).toBe(false);
    expect(judged('failed', { test_results: 'failed' }).passed).toBe(true);
    expect(judged('passed', { test_results: 'failed' }).evidence).toMatchObject({
      recorded: { test_results: 'failed' },
      image: { tags: { test_results: 'passed' } },
    });
  });
});

describe('judgeTags of a revoked build', () => {
  const revoked = { by: 'ada', at: '2026-11-20T10:00:00.000Z', reason: 'it leaks.', campaignId: 'c' };
  const judged = (more: object, given: Record<string, string> = good) => {
    const { codes, reasons } = judgeTags(imageFacts({ tags: given }), family, { ...context, ...more });
    return { codes, reasons };
  };
  const mend = 'Choose another image, or start with allowRevoked and a reason.';
  const tagged = { ...good, 'ami-rollout:revoked': 'by ada. it leaks' };

  it('refuses it with who, when and why, as it is on record', () => {
    expect(judged({ revoked })).toEqual({
      codes: ['image-revoked'],
      reasons: [`Image ${imageFacts().id} was revoked by ada on 2026-11-20: it leaks. ${mend}`],
    });
  });

  it('goes by the tag where nobody can ask for the record', () => {
    expect(judged({}, tagged)).toEqual({
      codes: ['image-revoked'],
      reasons: [`Image ${imageFacts().id} was revoked: by ada. it leaks. ${mend}`],
    });
  });

  it.each([
    ['the record says that it is not, whatever its tag says', { revoked: null }, tagged],
    ['it is not', {}, good],
    ['somebody wants it all the same', { revoked, allowRevoked: 'mended' }, tagged],
  ])('has nothing to say where %s', (_what, more, given) => {
    expect(judged(more, given)).toEqual({ codes: [], reasons: [] });
  });
});

describe('judgeTags, in detail', () => {
  it('gives each reason its code', () => {
    const codesOf = (given: Record<string, string>) => judge({ tags: given }).codes;
    expect(codesOf(tags('build_id'))).toEqual(['tag-missing']);
    expect(codesOf(tags('build_id', { buildid: '4711' }))).toEqual(['tag-key']);
    expect(codesOf({ ...good, environment: 'green' })).toEqual(['tag-value']);
    expect(codesOf({ ...good, Environment: 'staging' })).toEqual(['tag-conflict']);
    expect(codesOf({ ...good, Environment: 'Production' })).toEqual(['tag-repeated']);
    expect(codesOf(tags('environment', { Environment: 'staging', env: 'prod' }))).toEqual(['tag-conflict']);
  });

  it("lets a family's own rule for a tag of ours take the place of ours", () => {
    const own = { ...family, tags: [...family.tags, rule('ami-rollout:category', { values: ['special'] })] };
    const given = { ...good, 'ami-rollout:category': 'special' };
    expect(judgeTags(imageFacts({ tags: given }), own, context).reasons).toEqual([]);
    expect(judge({ tags: given }).reasons).toEqual([
      'Tag ami-rollout:category=special is not accepted: set it to one of base, application, hotfix.',
    ]);
  });

  it('leaves the room for what a campaign writes to images of its own', () => {
    const full = { ...good, ...Object.fromEntries(Array.from({ length: 46 }, (_, n) => [`x-${n}`, 'y'])) };
    expect(judge({ tags: full }).codes).toEqual(['tag-limit']);
    expect(judge({ tags: full, owner: '999988887777' }).codes).toEqual([]);
  });

  it('takes a key of another rule for no near miss', () => {
    const near = { ...family, tags: [rule('build_id'), rule('build_ids', { required: false })] };
    expect(judgeTags(imageFacts({ tags: { build_ids: '1' } }), near, context).reasons).toEqual([
      'Tag build_id is missing: set it to a value.',
    ]);
  });

  it.each([
    ['a value in capitals', { values: ['PROD'] }, 'Prod', 'PROD'],
    ['a value in small letters', { values: ['prod'] }, 'PROD', 'prod'],
    ['a version dressed up', { pattern: String.raw`\d+v\d+` }, 'v1v2', '1v2'],
  ])('corrects %s', (_what, over, value, right) => {
    const one = { ...family, tags: [rule('kind', over)] };
    expect(judgeTags(imageFacts({ tags: { kind: value } }), one, context).reasons).toEqual([
      `Tag kind=${value} is not accepted: set kind=${right}.`,
    ]);
  });

  it('says of a typed rule with a pattern what is expected', () => {
    const one = { ...family, tags: [rule('size', { type: 'integer', pattern: String.raw`\d\d` })] };
    expect(judgeTags(imageFacts({ tags: { size: 'x' } }), one, context).reasons).toEqual([
      String.raw`Tag size=x is not accepted: set it to a whole number such as 42 that matches \d\d.`,
    ]);
  });

  it('takes a short form of a key that takes any value of a type for the key only where its value is of it', () => {
    const one = { ...family, tags: [rule('created_date', { type: 'date', required: false })] };
    const reasonsOf = (given: Record<string, string>) => judgeTags(imageFacts({ tags: given }), one, context).reasons;
    expect(reasonsOf({ created: 'by hand' })).toEqual([]);
    expect(reasonsOf({ created: '2026-11-22' })).toEqual([
      'Tag created=2026-11-22 is not the tag created_date: set created_date=2026-11-22 and remove created.',
    ]);
    expect(reasonsOf({ created_date: '2026-11-22', created: '2026-11-21' })).toEqual([
      'Tags created_date=2026-11-22 and created=2026-11-21 say two things: keep the right value in created_date and remove created.',
    ]);
    expect(reasonsOf({ created_date: '2026-11-22', created: 'by hand' })).toEqual([]);
  });
});
