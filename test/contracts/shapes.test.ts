import { describe, expect, it } from '@jest/globals';
import { kebabCase } from '../../contracts/contract.ts';
import { campaignId, imageId, plannedStack } from '../../contracts/shapes.ts';
import { newImage } from '../domain/fakes/names.ts';
import { aStackRecord, aTask } from '../domain/fakes/stack-record.ts';

describe('imageId', () => {
  it.each([
    ['ami-0123456789abcdef0', true],
    ['ami-12345678', true],
    ['ami-1234567', false],
    ['ami-0123456789abcdef01', false],
    ['ami-0123456789ABCDEF0', false],
    [' ami-12345678', false],
    ['', false],
  ])('"%s": %s', (text, expected) => {
    expect(imageId.safeParse(text).success).toBe(expected);
  });
});

describe('campaignId', () => {
  it.each([
    ['x', true],
    ['x'.repeat(80), true],
    ['', false],
    ['x'.repeat(81), false],
  ])('%s: %s', (text, expected) => {
    expect(campaignId.safeParse(text).success).toBe(expected);
  });
});

describe('plannedStack', () => {
  const { stack } = aTask(aStackRecord());

  it('is what a plan hands to a child', () => {
    expect(plannedStack.parse(stack)).toEqual(stack);
  });

  it.each(Object.keys(stack))('does without no %s', (field) => {
    expect(plannedStack.safeParse({ ...stack, [field]: undefined }).success).toBe(false);
  });

  it('knows two modes', () => {
    expect(plannedStack.safeParse({ ...stack, mode: 'tag' }).success).toBe(false);
    expect(plannedStack.safeParse({ ...stack, mode: 'ssm', ssmParameter: '/x', image: newImage }).success).toBe(true);
  });
});

describe('kebabCase', () => {
  it.each([
    ['Report', 'report'],
    ['Claim Stack', 'claim-stack'],
    ['List Touched Stacks', 'list-touched-stacks'],
  ])('%s → %s', (name, expected) => {
    expect(kebabCase(name)).toBe(expected);
  });
});
