import { describe, expect, it } from '@jest/globals';
import { shapeProblems } from './check-shape.ts';
import type { ServiceModel } from './service-model.ts';

const model: ServiceModel = {
  operations: {},
  shapes: {
    Input: {
      type: 'structure',
      required: ['Name'],
      members: { Name: { shape: 'Name' }, Tags: { shape: 'Tags' }, Count: { shape: 'Count' }, Kind: { shape: 'Kind' } },
    },
    Name: { type: 'string', min: 1, max: 5, pattern: '[a-z]+' },
    Kind: { type: 'string', enum: ['a', 'b'] },
    Count: { type: 'integer', min: 1 },
    Tags: { type: 'list', max: 1, member: { shape: 'Name' } },
  },
};
const problems = (value: unknown, strictness: 'request' | 'answer' = 'request') =>
  shapeProblems(model, 'Input', value, strictness);

describe('what a model allows', () => {
  it('is taken', () =>
    expect(problems({ Name: 'web', Tags: ['a'], Count: 1, Kind: 'b', More: undefined })).toEqual([]));

  it.each([
    [{}, '.Name: is missing'],
    [{ Name: 'toolong' }, '.Name: is more than 5'],
    [{ Name: '' }, '.Name: is less than 1'],
    [{ Name: 'Web' }, '.Name: does not match [a-z]+'],
    [{ Name: 'web', Kind: 'c' }, '.Kind: is none of a, b'],
    [{ Name: 'web', Tags: ['a', 'b'] }, '.Tags: is more than 1'],
    [{ Name: 'web', Tags: [1] }, '.Tags[0]: is no string'],
    [{ Name: 'web', Count: 0.5 }, '.Count: is no integer'],
    [{ Name: 'web', Nmae: 'x' }, '.Nmae: is not in the model'],
  ])('refuses %j', (value, problem) => expect(problems(value)).toContain(problem));

  it('asks of an answer only that its members are known', () => {
    expect(problems({ Kind: 'new since' }, 'answer')).toEqual([]);
    expect(problems({ Nmae: 'x' }, 'answer')).toEqual(['.Nmae: is not in the model']);
  });
});
