import { describe, expect, it } from '@jest/globals';
import type { Family } from '../../../domain/configuration/family.ts';
import { buildOf, matchesFamily, noFamilyReason } from '../../../domain/gates/image-build.ts';
import { imageFacts } from './image-facts.ts';

const family = (name: string, namePattern: string | null): Family => ({
  name,
  namePattern,
  owners: ['self'],
  tags: [],
  promotionParameter: '/ami-rollout/{family}/image',
});
const families = [family('al2023-base', 'al2023-base-*'), family('windows', null), family('any', '*-base-?')];

describe('buildOf', () => {
  const source = { id: 'ami-0000000000000000a', region: 'eu-west-1' };

  it.each([
    ['the tag build_id', { tags: { build_id: '4711' }, source }, '4711'],
    ["the original's id", { tags: {}, source }, source.id],
    ["the original's id where the tag is empty", { tags: { build_id: ' ' }, source }, source.id],
    ['its own id', { tags: {} }, 'ami-0123456789abcdef0'],
  ])('goes by %s', (_, over, build) => {
    expect(buildOf(imageFacts(over))).toBe(build);
  });

  it('takes a tag for what it says, without the spaces around it', () => {
    expect(buildOf(imageFacts({ tags: { build_id: ' 4711 ' } }))).toBe('4711');
  });

  it('takes no property of every object for a tag', () => {
    const tags = Object.create({ build_id: 'inherited' }) as Record<string, string>;
    expect(buildOf(imageFacts({ tags }))).toBe('ami-0123456789abcdef0');
  });

  it('is the same for the original and a copy that lost its tags', () => {
    const original = imageFacts({ id: source.id });
    const copy = imageFacts({ region: 'us-east-1', tags: {}, source });
    expect(buildOf(copy, original)).toBe(buildOf(original));
    const untagged = { ...original, tags: {} };
    expect(buildOf(copy, untagged)).toBe(buildOf(untagged));
  });
});

describe('matchesFamily', () => {
  it.each([
    ['the tag', 'whatever', { 'ami-rollout:family': 'windows' }, 'windows'],
    ['the tag before the name', 'al2023-base-1', { 'ami-rollout:family': 'windows' }, 'windows'],
    ['the name', 'al2023-base-2026.11.3', {}, 'al2023-base'],
    ['the first name pattern that fits', 'al2023-base-1', {}, 'al2023-base'],
    ['the name where the tag names no family', 'al2023-base-1', { 'ami-rollout:family': 'al2023_base' }, 'al2023-base'],
    ['one character for a question mark', 'x-base-1', {}, 'any'],
    ['nothing: the name only contains the pattern', 'my-al2023-base-12', {}, undefined],
    ['nothing: a dot is no wildcard', 'al2023xbase-1', {}, undefined],
  ])('goes by %s', (_, name, tags, expected) => {
    expect(matchesFamily(imageFacts({ name, tags }), families)?.name).toBe(expected);
  });
});

describe('noFamilyReason', () => {
  it('names the image and every family', () => {
    expect(noFamilyReason(imageFacts(), families)).toBe(
      'image ami-0123456789abcdef0 (al2023-base-2026.11.3) belongs to no family: set its tag ami-rollout:family to one of al2023-base, windows, any, or name the family at the start',
    );
  });
});
