import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { parseStart } from '../../../domain/campaign/start-input.ts';
import { newImage } from '../fakes/names.ts';

const example = (name: string) =>
  JSON.parse(readFileSync(new URL(`../../../examples/events/${name}.json`, import.meta.url), 'utf8')) as object;
const ec2 = example('ec2-ami-state-change');
const built = example('imagebuilder-image-state-change');
const fields = 'imageId, region, family, environments, reason, dryRun, allowOlder, allowRevoked';
const anId = 'imageId must be an AMI id such as ami-0123456789abcdef0';

describe('parseStart', () => {
  it('takes the least that a person can type', () => {
    expect(parseStart({ imageId: newImage })).toEqual({
      start: {
        how: 'manual',
        image: { id: newImage },
        region: null,
        family: null,
        environments: [],
        reason: '',
        dryRun: false,
        allowOlder: false,
        allowRevoked: false,
        drill: null,
      },
    });
  });

  it('takes everything that a person can type', () => {
    const all = {
      region: 'us-gov-east-1',
      family: 'al2023-base',
      environments: ['dev'],
      reason: 'CVE-2026-1',
      dryRun: true,
      allowOlder: true,
      allowRevoked: true,
    };
    expect(parseStart({ imageId: 'ami-12345678', ...all })).toEqual({
      start: { how: 'manual', image: { id: 'ami-12345678' }, ...all, drill: null },
    });
  });

  it.each([
    [
      'the EC2 event as AWS publishes it',
      ec2,
      { how: 'ec2 event', image: { id: 'ami-0abcdef1234567890' }, region: 'eu-west-1', reason: 'ec2 event' },
    ],
    [
      'the Image Builder event as AWS publishes it',
      built,
      {
        how: 'image builder event',
        image: {
          imageBuilderArn: 'arn:aws:imagebuilder:eu-west-1:111122223333:image/al2023-base/2026.11.3/1',
          account: '111122223333',
        },
        region: 'eu-west-1',
      },
    ],
  ])('takes %s', (_what, event, expected) => {
    expect(parseStart(event)).toMatchObject({ start: { ...expected, family: null, environments: [], dryRun: false } });
  });

  it.each([{ account: '999999999999' }, { region: 'us-east-1' }, { resources: ['al2023-base'] }])(
    'believes no Image Builder event that names a build of somewhere else: %j',
    (over) =>
      expect(parseStart({ ...built, ...over })).toEqual({ error: expect.stringContaining('cannot be believed') }),
  );

  it.each<[string, unknown, string]>([
    ['nothing', null, 'the start cannot be read: the input must be an object with the fields of a start'],
    ['a text', 'ami-1', 'the start cannot be read: the input must be an object with the fields of a start'],
    ['no image', {}, `the start cannot be read: ${anId}`],
    ['a short image id', { imageId: 'ami-1' }, `the start cannot be read: ${anId}`],
    ['an upper case image id', { imageId: newImage.toUpperCase() }, `the start cannot be read: ${anId}`],
    ['a number for an image', { imageId: 7 }, `the start cannot be read: ${anId}`],
    [
      'a region that is none',
      { imageId: newImage, region: 'Ireland' },
      'the start cannot be read: region must be a region such as eu-west-1',
    ],
    ['an empty family', { imageId: newImage, family: '' }, "the start cannot be read: family must be a family's name"],
    [
      'one environment outside a list',
      { imageId: newImage, environments: 'dev' },
      'the start cannot be read: environments must be a list of names',
    ],
    [
      'no environment at all',
      { imageId: newImage, environments: [] },
      'the start cannot be read: environments must name at least one environment; leave it out for all of them',
    ],
    [
      'an environment without a name',
      { imageId: newImage, environments: ['dev', ''] },
      'the start cannot be read: environments.1 must be a name',
    ],
    ['a reason that is no text', { imageId: newImage, reason: 7 }, 'the start cannot be read: reason must be a text'],
    [
      'a dry run in words',
      { imageId: newImage, dryRun: 'yes' },
      'the start cannot be read: dryRun must be true or false',
    ],
    [
      'allowOlder without a reason',
      { imageId: newImage, allowOlder: true, reason: ' ' },
      'the start cannot be read: reason must say why an older image is wanted, because allowOlder is true',
    ],
    [
      'allowOlder in words',
      { imageId: newImage, allowOlder: 1 },
      'the start cannot be read: allowOlder must be true or false',
    ],
    [
      'a misspelt field',
      { imageId: newImage, dryrun: true },
      `the start cannot be read: "dryrun" is not a field of a start; the fields are ${fields}`,
    ],
    [
      'several misspelt fields',
      { imageId: newImage, dryrun: true, regions: [] },
      `the start cannot be read: "dryrun", "regions" is not a field of a start; the fields are ${fields}`,
    ],
    [
      'two mistakes',
      { imageId: 'x', dryRun: 'yes' },
      `the start cannot be read: ${anId}; dryRun must be true or false`,
    ],
    [
      'an image that is not available',
      example('ec2-ami-state-change-deregistered'),
      'image ami-0abcdef1234567890 is deregistered: only detail.State "available" starts a campaign',
    ],
    [
      'an EC2 event without an image',
      { ...ec2, detail: { State: 'available' } },
      'the EC2 event cannot be read: detail.ImageId must be an AMI id such as ami-0123456789abcdef0',
    ],
    [
      'an EC2 event without a region',
      { ...ec2, region: undefined },
      'the EC2 event cannot be read: region must be a text',
    ],
    [
      'another EC2 event',
      { ...ec2, 'detail-type': 'EC2 Instance State-change Notification' },
      'the EC2 event cannot be read: detail-type must be "EC2 AMI State Change"',
    ],
    [
      'a build that failed',
      { ...built, detail: { state: { status: 'FAILED' } } },
      'the image build is FAILED: only detail.state.status "AVAILABLE" starts a campaign',
    ],
    [
      'a build event without its build',
      { ...built, resources: [] },
      'the Image Builder event cannot be read: resources must be a list with the ARN of the image version',
    ],
    [
      'a build event without a status',
      { ...built, detail: {} },
      'the Image Builder event cannot be read: detail.state must be an object',
    ],
    [
      'an event of another source',
      { ...ec2, source: 'aws.s3' },
      'events of source aws.s3 start no campaign: send one of aws.ec2 or aws.imagebuilder',
    ],
  ])('says what is wrong with %s', (_what, input, error) => {
    expect(parseStart(input)).toEqual({ error });
  });

  it('takes a drill, and leaves the image to the product', () => {
    expect(parseStart({ drill: 'staging-drill' })).toMatchObject({
      start: { how: 'drill', drill: 'staging-drill', image: { newest: true }, reason: 'drill of stack staging-drill' },
    });
    expect(parseStart({ drill: 'staging-drill', imageId: newImage, reason: 'monthly' })).toMatchObject({
      start: { image: { id: newImage }, reason: 'monthly' },
    });
  });

  it.each([
    [{ drill: '' }, 'drill must be the name of a stack that drill.stacks of the configuration names'],
    [{ drill: 'x', dryRun: true }, '"dryRun" is not a field of a start; the fields are drill, imageId, region, reason'],
    [{ drill: 'x', environments: ['production'] }, '"environments" is not a field of a start'],
  ])('refuses %j as a drill', (input, error) => {
    expect(parseStart(input)).toEqual({ error: expect.stringContaining(error) });
  });
});
