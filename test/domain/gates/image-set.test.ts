import { describe, expect, it } from '@jest/globals';
import { chooseCopy, judgeOriginal, launchOf, notSharedReason } from '../../../domain/gates/image-set.ts';
import { daysAgo, imageFacts, now } from './image-facts.ts';

const owner = '111122223333';
const foreign = '999988887777';
const family = { name: 'al2023-base', owners: ['self'] };
const tomorrow = daysAgo(-1);

describe('judgeOriginal', () => {
  const judge = (image: ReturnType<typeof imageFacts> | undefined) =>
    judgeOriginal(imageFacts(), image, family, { hubAccount: owner, now });

  it('takes an image against which nothing speaks', () => {
    expect(judge(imageFacts())).toEqual({ image: imageFacts() });
  });

  it('says that it is gone', () => {
    expect(judge(undefined)).toEqual({
      reason: {
        code: 'image-gone',
        text: `Image ${imageFacts().id} is gone from eu-west-1: start again with an image that stays.`,
      },
      none: true,
    });
  });

  it('waits for one that is being made and has no other flaw', () => {
    expect(judge(imageFacts({ state: 'pending' }))).toEqual({ pending: [imageFacts().id] });
  });

  it.each([
    ['is being made by somebody else', { state: 'pending', owner: foreign }, 'image-state'],
    ['belongs to somebody else', { owner: foreign }, 'image-owner'],
    ['has failed', { state: 'failed' }, 'image-state'],
    ['is deprecated', { deprecatedAt: daysAgo(1) }, 'image-deprecated'],
  ])('refuses one that %s', (_what, over, code) => {
    expect(judge(imageFacts(over))).toMatchObject({ reason: { code }, none: false });
  });
});

describe('chooseCopy', () => {
  const copy = (id: string, over: Parameters<typeof imageFacts>[0] = {}) => imageFacts({ id, ...over });
  const choose = (
    candidates: readonly ReturnType<typeof imageFacts>[],
    others?: readonly { readonly id: string; readonly why: string }[],
  ) => chooseCopy('4711', 'us-east-1', candidates, { owners: [owner], now, ...(others && { others }) });

  it('takes the newest that can be used, in whatever order they are listed', () => {
    const [old, young] = [copy('old', { createdAt: daysAgo(3) }), copy('young', { createdAt: daysAgo(2) })];
    expect(choose([old, young])).toEqual({ image: young });
    expect(choose([young, old])).toEqual({ image: young });
  });

  it('takes one whose deprecation is still to come, and one without', () => {
    expect(choose([copy('later', { deprecatedAt: tomorrow })])).toMatchObject({ image: { id: 'later' } });
  });

  it('takes no newer one that has a flaw', () => {
    const flawed = [
      copy('foreign', { owner: foreign, createdAt: daysAgo(0) }),
      copy('failed', { state: 'failed', createdAt: daysAgo(0) }),
      copy('deprecated', { deprecatedAt: daysAgo(1), createdAt: daysAgo(0) }),
    ];
    expect(choose([...flawed, copy('good', { createdAt: daysAgo(5) })])).toMatchObject({ image: { id: 'good' } });
  });

  it('waits for those that are being made by an owner who counts', () => {
    expect(
      choose([
        copy('one', { state: 'pending' }),
        copy('failed', { state: 'failed' }),
        copy('foreign', { state: 'pending', owner: foreign }),
        copy('two', { state: 'pending' }),
      ]),
    ).toEqual({ pending: ['one', 'two'] });
  });

  it.each([
    ['of another owner', { owner: foreign }, 'image-owner', `belongs to account ${foreign}`],
    ['that has failed', { state: 'failed' }, 'image-state', 'is failed'],
    ['in no state', { state: '' }, 'image-state', 'is in no known state'],
    ['that is deprecated', { deprecatedAt: daysAgo(1) }, 'image-deprecated', `is deprecated since ${daysAgo(1)}`],
    ['whose deprecation nobody can read', { deprecatedAt: 'soon' }, 'image-deprecated', 'is deprecated since soon'],
    [
      'that is deprecated in this very moment',
      { deprecatedAt: now.toISOString() },
      'image-deprecated',
      `is deprecated since ${now.toISOString()}`,
    ],
  ])('says what is wrong with the only one, %s', (_what, over, code, why) => {
    expect(choose([copy('it', over)])).toEqual({
      reason: {
        code,
        text: `There is no usable copy of 4711 in us-east-1 (it ${why}): copy it there, or take the region out of targets.`,
      },
      none: false,
    });
  });

  it('says so where there is none', () => {
    expect(choose([])).toEqual({
      reason: {
        code: 'image-copy-missing',
        text: 'There is no usable copy of 4711 in us-east-1: copy it there, or take the region out of targets.',
      },
      none: true,
    });
  });

  it('names images that look like copies and are none; they are none', () => {
    expect(choose([], [{ id: 'like', why: 'has the name x' }])).toEqual({
      reason: {
        code: 'image-copy-missing',
        text: 'There is no usable copy of 4711 in us-east-1 (like with the same build tag is another image: it has the name x): copy it there, or take the region out of targets.',
      },
      none: true,
    });
  });

  it('names five at most, copies before others', () => {
    const failed = (count: number) =>
      Array.from({ length: count }, (_, index) => copy(`f${index}`, { state: 'failed' }));
    const others = [{ id: 'like', why: 'differs' }];
    const textOf = (given: ReturnType<typeof choose>) => ('reason' in given ? given.reason.text : '');
    expect(textOf(choose(failed(7)))).toContain('f3 is failed, f4 is failed): copy');
    expect(textOf(choose(failed(6), others))).not.toContain('like');
    expect(textOf(choose(failed(4), [...others, { id: 'second', why: 'differs' }]))).toContain(
      'f3 is failed, like with the same build tag is another image: it differs): copy',
    );
  });
});

describe('launchOf', () => {
  const none = { public: false, accounts: [], organisations: [] };
  it.each([
    ['own', owner, none],
    ['public', foreign, { ...none, public: true }],
    ['shared', foreign, { ...none, accounts: ['1', foreign] }],
    ['ask', foreign, { ...none, organisations: ['arn:aws:organizations::1:organization/o-1'] }],
    [null, foreign, none],
    [null, foreign, { ...none, accounts: ['1'] }],
  ] as const)('is %s', (expected, account, permission) => {
    expect(launchOf(owner, account, permission)).toBe(expected);
  });

  it('asks nobody where the account is named as well', () => {
    expect(launchOf(owner, foreign, { public: false, accounts: [foreign], organisations: ['o'] })).toBe('shared');
  });
});

describe('notSharedReason', () => {
  it('says the command that shares it', () => {
    expect(notSharedReason(imageFacts(), foreign)).toEqual({
      code: 'image-not-shared',
      text: `Account ${foreign} may not launch image ${imageFacts().id} in eu-west-1: share it with aws ec2 modify-image-attribute --region eu-west-1 --image-id ${imageFacts().id} --launch-permission 'Add=[{UserId=${foreign}}]'.`,
    });
  });
});
