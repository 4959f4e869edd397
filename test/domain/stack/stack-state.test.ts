import { describe, expect, it } from '@jest/globals';
import { currentImage, isBusy, isUpdatable, whyNotUpdatable } from '../../../domain/stack/stack-state.ts';
import { newImage, oldImage } from '../fakes/names.ts';
import { aStack, ssmParameters } from '../fakes/stacks.ts';

describe('currentImage', () => {
  it.each([
    ['its own value', 'parameter', aStack(), { parameterValue: oldImage, image: oldImage }],
    [
      'what it resolved to',
      'ssm',
      aStack({ parameters: ssmParameters(newImage) }),
      { parameterValue: '/golden/image', image: newImage },
    ],
    ['nothing where it never resolved', 'ssm', aStack(), { parameterValue: oldImage, image: '' }],
    ['nothing where there is no such parameter', 'parameter', aStack({ parameters: [] }), null],
  ] as const)('is %s', (_what, mode, stack, expected) => {
    expect(currentImage(stack, { parameter: 'ImageId', mode })).toEqual(expected);
  });
});

describe('the statuses of a stack', () => {
  it.each([
    ['CREATE_COMPLETE', false, true],
    ['UPDATE_COMPLETE', false, true],
    ['UPDATE_ROLLBACK_COMPLETE', false, true],
    ['IMPORT_COMPLETE', false, true],
    ['IMPORT_ROLLBACK_COMPLETE', false, true],
    ['UPDATE_IN_PROGRESS', true, false],
    ['UPDATE_COMPLETE_CLEANUP_IN_PROGRESS', true, false],
    ['REVIEW_IN_PROGRESS', true, false],
    ['UPDATE_ROLLBACK_FAILED', false, false],
    ['UPDATE_FAILED', false, false],
    ['ROLLBACK_COMPLETE', false, false],
    ['ROLLBACK_FAILED', false, false],
    ['CREATE_FAILED', false, false],
    ['DELETE_FAILED', false, false],
    ['DELETE_COMPLETE', false, false],
  ])('%s: busy %s, updatable %s', (status, busy, updatable) => {
    expect([isBusy(status), isUpdatable(status)]).toEqual([busy, updatable]);
  });

  it.each(['UPDATE_ROLLBACK_FAILED', 'UPDATE_FAILED', 'ROLLBACK_COMPLETE', 'DELETE_FAILED'])(
    'says what stands in the way at %s',
    (status) => {
      expect(whyNotUpdatable(status)).toContain(status);
    },
  );
});
