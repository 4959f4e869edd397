import { describe, expect, it } from '@jest/globals';
import { allOn, countImages, describeCounts } from '../../../domain/stack/instances.ts';
import { aGroup } from '../fakes/groups.ts';
import { newImage, oldImage } from '../fakes/names.ts';

describe('allOn', () => {
  it.each([
    ['every instance of every group is', [aGroup({ [newImage]: 2 }), aGroup({ [newImage]: 2 })], true],
    ['there are more than the group wants', [aGroup({ [newImage]: 3 })], true],
    ['the group wants none', [aGroup({}, { desired: 0 })], true],
    ['old ones are counted as none', [aGroup({ [newImage]: 2, [oldImage]: 0 })], true],
    ['one is missing', [aGroup({ [newImage]: 1 })], false],
    ['an old one is left', [aGroup({ [newImage]: 2, [oldImage]: 1 })], false],
    ['only one of the groups is', [aGroup({ [newImage]: 2 }), aGroup()], false],
  ])('where %s', (_what, groups, expected) => {
    expect(allOn(groups, newImage)).toBe(expected);
  });
});

describe('countImages', () => {
  it('sums over groups, and says it in words', () => {
    const counts = countImages([aGroup({ [newImage]: 1, [oldImage]: 1 }), aGroup({ [newImage]: 2 })]);
    expect(counts).toEqual({ [newImage]: 3, [oldImage]: 1 });
    expect(describeCounts(counts)).toBe(`3 × ${newImage}, 1 × ${oldImage}`);
    expect(describeCounts(countImages([]))).toBe('none');
  });
});
