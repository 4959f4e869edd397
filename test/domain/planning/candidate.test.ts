import { describe, expect, it } from '@jest/globals';
import { inScope, judgeStack } from '../../../domain/planning/candidate.ts';
import type { StackFacts } from '../../../domain/ports/stacks.ts';
import { aCampaign } from '../fakes/campaign.ts';
import { here, newImage, oldImage } from '../fakes/names.ts';
import { aStack, parameters, ssmParameters } from '../fakes/stacks.ts';

const judge = (over: Partial<StackFacts> = {}, target = here) =>
  judgeStack(aStack(over), target, aCampaign(), ['canary', 'full'], new Date('2026-11-03T08:00:00Z'));
const tagged = (tags: Record<string, string>) => ({ tags: { ...aStack().tags, ...tags } });
const twoImages = [
  { name: 'WebImage', value: oldImage, resolved: null },
  { name: 'JobImage', value: '/jobs/image', resolved: oldImage },
];

describe('judgeStack', () => {
  it('takes a stack of the family with what the plan needs of it', () => {
    expect(judge()).toEqual({
      candidate: {
        stackId: aStack().stackId,
        stackName: 'app-0001',
        ...here,
        environment: 'production',
        mode: 'parameter',
        parameter: 'ImageId',
        ssmParameter: null,
        readBy: null,
        image: newImage,
        wantedRing: null,
        alarms: [],
        looksCurrent: false,
      },
    });
  });

  it.each<[string, Partial<StackFacts>, object]>([
    [
      'reads the SSM parameter behind the image',
      { parameters: ssmParameters(oldImage) },
      { mode: 'ssm', ssmParameter: '/golden/image', readBy: 'stack' },
    ],
    [
      'takes an SSM parameter that EC2 reads at each launch; what it holds is still to be read',
      { parameters: [{ name: 'ImageId', value: 'resolve:ssm:/golden/image', resolved: null }] },
      { mode: 'ssm', parameter: 'ImageId', ssmParameter: '/golden/image', readBy: 'launch', looksCurrent: true },
    ],
    [
      'takes the String parameter with the name of an SSM parameter that its tag names',
      {
        parameters: [{ name: 'ImageName', value: '/golden/image', resolved: null }],
        ...tagged({ 'ami-rollout:parameter': 'ImageName' }),
      },
      { mode: 'ssm', parameter: 'ImageName', ssmParameter: '/golden/image', readBy: 'launch' },
    ],
    [
      'takes the reference that its tag names, where only the template has it',
      { parameters: [], ...tagged({ 'ami-rollout:parameter': 'resolve:ssm:/golden/image' }) },
      { mode: 'ssm', parameter: 'resolve:ssm:/golden/image', ssmParameter: '/golden/image', readBy: 'launch' },
    ],
    ['sees the image that is there already', { parameters: parameters(newImage) }, { looksCurrent: true }],
    ['judges by what an SSM parameter resolved to', { parameters: ssmParameters(newImage) }, { looksCurrent: true }],
    ['takes a stack that is busy: its claim waits', { status: 'UPDATE_IN_PROGRESS' }, { stackName: 'app-0001' }],
    ['keeps the ring that its tag names', tagged({ 'ami-rollout:ring': 'full' }), { wantedRing: 'full' }],
    ['splits the alarms', tagged({ 'ami-rollout:alarms': ' errors , latency,,' }), { alarms: ['errors', 'latency'] }],
    ['does without an environment', { tags: { 'ami-rollout:family': 'al2023-base' } }, { environment: '' }],
    [
      'takes the parameter that its tag names',
      { parameters: twoImages, ...tagged({ 'ami-rollout:parameter': 'JobImage' }) },
      { parameter: 'JobImage', mode: 'ssm', ssmParameter: '/jobs/image' },
    ],
    [
      'leaves SSM parameters that hold something else out of account',
      { parameters: [...parameters(oldImage), { name: 'Vpc', value: '/vpc', resolved: 'vpc-1' }] },
      { parameter: 'ImageId' },
    ],
  ])('%s', (_what, over, expected) => {
    expect(judge(over)).toMatchObject({ candidate: expected });
  });

  it.each<[string, Partial<StackFacts>, string]>([
    ['a nested stack', { parentId: 'parent' }, 'a nested stack: its parent must be updated'],
    [
      'a held one',
      tagged({ 'ami-rollout:hold': '2026-12-01 freeze' }),
      'held by its tag ami-rollout:hold: 2026-12-01 freeze',
    ],
    [
      'one in trouble',
      { status: 'UPDATE_ROLLBACK_FAILED' },
      'the stack is in UPDATE_ROLLBACK_FAILED: continue its rollback, then start a campaign again',
    ],
    [
      'one of an unknown ring',
      tagged({ 'ami-rollout:ring': 'canry' }),
      'its tag ami-rollout:ring names ring canry; the rings are canary, full',
    ],
    [
      'one without an image',
      { parameters: [{ name: 'Size', value: 't3.small', resolved: null }] },
      'no parameter of the stack holds an image id',
    ],
    [
      'one whose image never resolved',
      { parameters: [{ name: 'ImageId', value: '/golden/image', resolved: null }] },
      'no parameter of the stack holds an image id',
    ],
    [
      'one with several images',
      { parameters: twoImages },
      "several parameters hold image ids (WebImage, JobImage): name one in the stack's tag ami-rollout:parameter",
    ],
    [
      'one that names a wrong parameter',
      { parameters: twoImages, ...tagged({ 'ami-rollout:parameter': 'Image' }) },
      'its tag ami-rollout:parameter names Image, which holds no image id; parameters that do: WebImage, JobImage',
    ],
    [
      'one that names a wrong parameter and has no right one',
      { parameters: [], ...tagged({ 'ami-rollout:parameter': 'Image' }) },
      'its tag ami-rollout:parameter names Image, which holds no image id; parameters that do: none',
    ],
  ])('leaves %s out', (_what, over, reason) => {
    expect(judge(over)).toEqual({
      leftOut: {
        stackId: aStack().stackId,
        stackName: 'app-0001',
        ...here,
        environment: 'production',
        reason,
      },
    });
  });

  it('leaves out what lies in a region without a copy of the image', () => {
    expect(judge({}, { ...here, region: 'sa-east-1' })).toMatchObject({
      leftOut: { reason: 'the image has no copy in sa-east-1' },
    });
  });
});

describe('inScope', () => {
  it.each<[string, Record<string, string>, string[], boolean]>([
    ['the family', { 'ami-rollout:family': 'al2023-base' }, [], true],
    ['no family', {}, [], false],
    ['another family', { 'ami-rollout:family': 'windows' }, [], false],
    [
      'one of the environments',
      { 'ami-rollout:family': 'al2023-base', 'ami-rollout:environment': 'dev' },
      ['dev', 'test'],
      true,
    ],
    ['another environment', { 'ami-rollout:family': 'al2023-base', 'ami-rollout:environment': 'prod' }, ['dev'], false],
    ['no environment where some are asked for', { 'ami-rollout:family': 'al2023-base' }, ['dev'], false],
    [
      'any environment where none is asked for',
      { 'ami-rollout:family': 'al2023-base', 'ami-rollout:environment': 'x' },
      [],
      true,
    ],
  ])('goes by %s', (_what, tags, environments, expected) => {
    expect(inScope({ stackId: 'arn:stack', tags }, { family: 'al2023-base', environments })).toBe(expected);
  });
});
