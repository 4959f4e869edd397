import { describe, expect, it } from '@jest/globals';
import { familyGoneReason, flawReasons } from '../../../domain/gates/image-flaws.ts';
import { daysAgo, imageFacts, now } from './image-facts.ts';

const hub = '111122223333';
const family = { name: 'al2023-base', owners: ['self', '999988887777'] };
const { id } = imageFacts();
const reasonsOf = (over: Parameters<typeof imageFacts>[0]) => flawReasons(imageFacts(over), family, hub, now);

describe('flawReasons', () => {
  it.each([
    ['a good image', {}],
    ['one of the other owner', { owner: '999988887777' }],
    ['one whose deprecation is to come', { deprecatedAt: daysAgo(-1) }],
  ])('has nothing to say of %s', (_what, over) => {
    expect(reasonsOf(over)).toEqual([]);
  });

  it.each([
    [{ state: 'pending' }, 'image-state', `Image ${id} in eu-west-1 is pending: start again once it is available.`],
    [{ state: 'failed' }, 'image-state', `Image ${id} in eu-west-1 is failed: choose an image that is available.`],
    [{ state: '' }, 'image-state', `Image ${id} in eu-west-1 is in no known state: choose an image that is available.`],
    [
      { owner: '1' },
      'image-owner',
      `Image ${id} belongs to account 1: images of al2023-base must come from ${hub} or 999988887777; build it there or add the account to the family's owners.`,
    ],
    [
      { deprecatedAt: daysAgo(2) },
      'image-deprecated',
      `Image ${id} is deprecated since ${daysAgo(2)}: choose a newer image or extend its deprecation date.`,
    ],
    [
      { deprecatedAt: now.toISOString() },
      'image-deprecated',
      `Image ${id} is deprecated since ${now.toISOString()}: choose a newer image or extend its deprecation date.`,
    ],
    [
      { deprecatedAt: 'some day' },
      'image-deprecated',
      `Image ${id} is deprecated since some day: choose a newer image or extend its deprecation date.`,
    ],
  ])('says of %j what to do', (over, code, text) => {
    expect(reasonsOf(over)).toEqual([{ code, text }]);
  });

  it('says everything at once', () => {
    expect(reasonsOf({ state: 'failed', owner: '1', deprecatedAt: daysAgo(1) }).map(({ code }) => code)).toEqual([
      'image-state',
      'image-owner',
      'image-deprecated',
    ]);
  });
});

describe('familyGoneReason', () => {
  it('names the family and what to do', () => {
    expect(familyGoneReason('old')).toEqual({
      code: 'family-gone',
      text: 'Family old was taken out of the configuration: put it back or name another one.',
    });
  });
});
