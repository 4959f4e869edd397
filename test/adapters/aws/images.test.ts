import { beforeEach, describe, expect, it } from '@jest/globals';
import {
  CreateTagsCommand,
  DeleteTagsCommand,
  DescribeImagesCommand,
  DisableImageDeprecationCommand,
  DisableImageDeregistrationProtectionCommand,
  EC2Client,
  EnableImageDeprecationCommand,
  EnableImageDeregistrationProtectionCommand,
} from '@aws-sdk/client-ec2';
import { GetImageCommand, ImagebuilderClient } from '@aws-sdk/client-imagebuilder';
import { mockClient } from 'aws-sdk-client-mock';
import { awsImages } from '../../../adapters/aws/images.ts';
import { AccessDenied, Throttled } from '../../../domain/errors.ts';
import { member, sdkError, testSessions } from './sessions-for-tests.ts';

const ec2 = mockClient(EC2Client);
const imageBuilder = mockClient(ImagebuilderClient);
const images = awsImages(testSessions());

beforeEach(() => {
  ec2.reset();
  imageBuilder.reset();
});

const inputs = () => ec2.commandCalls(DescribeImagesCommand).map(({ args }) => args[0].input);

describe('images', () => {
  it('are described in the domain’s words', async () => {
    ec2.on(DescribeImagesCommand).resolves({
      Images: [
        {
          ImageId: 'ami-1',
          Name: 'base-3',
          OwnerId: '1',
          State: 'available',
          Architecture: 'arm64',
          VirtualizationType: 'hvm',
          BootMode: 'uefi',
          RootDeviceType: 'ebs',
          BlockDeviceMappings: [{ VirtualName: 'ephemeral0' }, { Ebs: { Encrypted: true } }],
          CreationDate: '2026-11-01T00:00:00.000Z',
          DeprecationTime: '2028-11-01T00:00:00.000Z',
          SourceImageId: 'ami-0',
          SourceImageRegion: 'eu-west-1',
          Tags: [{ Key: 'version', Value: '3' }],
        },
      ],
    });
    expect(await images.find(member, 'ami-1')).toEqual({
      id: 'ami-1',
      region: 'us-east-1',
      name: 'base-3',
      owner: '1',
      state: 'available',
      architecture: 'arm64',
      virtualization: 'hvm',
      bootMode: 'uefi',
      rootDeviceType: 'ebs',
      encrypted: true,
      createdAt: '2026-11-01T00:00:00.000Z',
      deprecatedAt: '2028-11-01T00:00:00.000Z',
      isProtected: false,
      source: { id: 'ami-0', region: 'eu-west-1' },
      tags: { version: '3' },
    });
    expect(inputs()).toEqual([{ ImageIds: ['ami-1'], IncludeDisabled: true }]);
  });

  it('say what an original lacks', async () => {
    ec2.on(DescribeImagesCommand).resolves({ Images: [{ ImageId: 'ami-1' }] });
    expect(await images.find(member, 'ami-1')).toMatchObject({
      source: null,
      deprecatedAt: null,
      bootMode: null,
      encrypted: false,
      tags: {},
    });
  });

  it.each(['InvalidAMIID.NotFound', 'InvalidAMIID.Unavailable', 'InvalidAMIID.Malformed'])(
    'are undefined where EC2 answers %s',
    async (name) => {
      ec2.on(DescribeImagesCommand).rejects(sdkError(name));
      expect(await images.find(member, 'ami-9')).toBeUndefined();
    },
  );

  it('are undefined where EC2 gives none', async () => {
    ec2.on(DescribeImagesCommand).resolves({ Images: [] });
    expect(await images.find(member, 'ami-9')).toBeUndefined();
  });

  it('are not undefined because of a throttle', async () => {
    ec2.on(DescribeImagesCommand).rejects(sdkError('RequestLimitExceeded', 'slow down', 503));
    const found = images.find(member, 'ami-9');
    await expect(found).rejects.toBeInstanceOf(Throttled);
    await expect(found).rejects.toThrow('DescribeImages of ami-9 in 100000000001/us-east-1');
  });

  it('are found by all tags, literally, page after page', async () => {
    ec2
      .on(DescribeImagesCommand)
      .resolves({ Images: [{ ImageId: 'ami-1' }], NextToken: 'more' })
      .on(DescribeImagesCommand, { NextToken: 'more' })
      .resolves({ Images: [{ ImageId: 'ami-2' }] });
    const found = await images.findByTags(member, { version: '3.*', build: 'b?\\' });
    expect(found.map(({ id }) => id)).toEqual(['ami-1', 'ami-2']);
    const Filters = [
      { Name: 'tag:version', Values: ['3.\\*'] },
      { Name: 'tag:build', Values: ['b\\?\\\\'] },
    ];
    expect(inputs()).toEqual([
      { Filters, MaxResults: 1000 },
      { Filters, MaxResults: 1000, NextToken: 'more' },
    ]);
  });

  it('are not looked up by no tag at all', async () => {
    await expect(images.findByTags(member, {})).rejects.toThrow('at least one tag');
    expect(inputs()).toEqual([]);
  });

  it('are found as copies of another image, without those that were only built upon it', async () => {
    ec2.on(DescribeImagesCommand).resolves({
      Images: [
        { ImageId: 'ami-2', SourceImageId: 'ami-1', SourceImageRegion: 'eu-west-1' },
        { ImageId: 'ami-3', SourceImageId: 'ami-1', SourceInstanceId: 'i-1' },
      ],
    });
    expect(await images.findCopies(member, 'ami-1')).toMatchObject([{ id: 'ami-2', region: 'us-east-1' }]);
    expect(inputs()).toEqual([
      {
        Filters: [{ Name: 'source-image-id', Values: ['ami-1'] }],
        IncludeDeprecated: true,
        IncludeDisabled: true,
        MaxResults: 1000,
      },
    ]);
  });

  it('are tagged', async () => {
    ec2.on(CreateTagsCommand).resolves({});
    await images.tag(member, 'ami-1', { promoted: 'yes' });
    expect(ec2.commandCalls(CreateTagsCommand)[0]?.args[0].input).toEqual({
      Resources: ['ami-1'],
      Tags: [{ Key: 'promoted', Value: 'yes' }],
    });
  });

  it('lose tags by value, or whatever they say', async () => {
    ec2.on(DeleteTagsCommand).resolves({});
    await images.untag(member, 'ami-1', { promoted: 'campaign-1', held: null });
    expect(ec2.commandCalls(DeleteTagsCommand)[0]?.args[0].input).toEqual({
      Resources: ['ami-1'],
      Tags: [{ Key: 'promoted', Value: 'campaign-1' }, { Key: 'held' }],
    });
  });

  it('are protected from deregistration, and not any more', async () => {
    ec2.on(EnableImageDeregistrationProtectionCommand).resolves({ Return: 'enabled-with-cooldown' });
    ec2.on(DisableImageDeregistrationProtectionCommand).resolves({ Return: 'disabled' });
    await images.protect(member, 'ami-1', true);
    await images.unprotect(member, 'ami-1');
    expect(ec2.calls().map(({ args }) => args[0].input)).toEqual([
      { ImageId: 'ami-1', WithCooldown: true },
      { ImageId: 'ami-1' },
    ]);
    ec2.on(DescribeImagesCommand).resolves({
      Images: [{ ImageId: 'ami-1', DeregistrationProtection: 'enabled-without-cooldown' }],
    });
    expect(await images.find(member, 'ami-1')).toMatchObject({ isProtected: true });
  });

  it('that may not be protected say so', async () => {
    ec2.on(EnableImageDeregistrationProtectionCommand).rejects(sdkError('UnauthorizedOperation'));
    await expect(images.protect(member, 'ami-1', false)).rejects.toThrow(AccessDenied);
  });

  it('are deprecated by date, and not any more', async () => {
    ec2.on(EnableImageDeprecationCommand).resolves({ Return: true });
    ec2.on(DisableImageDeprecationCommand).resolves({ Return: true });
    await images.deprecate(member, 'ami-1', '2027-01-01T00:00:00.000Z');
    await images.deprecate(member, 'ami-1', null);
    expect(ec2.calls().map(({ args }) => args[0].input)).toEqual([
      { ImageId: 'ami-1', DeprecateAt: new Date('2027-01-01T00:00:00.000Z') },
      { ImageId: 'ami-1' },
    ]);
  });

  it('are those that Image Builder has put out', async () => {
    imageBuilder.on(GetImageCommand).resolves({
      image: { outputResources: { amis: [{ image: 'ami-1', region: 'eu-west-1', accountId: '7' }, { region: 'x' }] } },
    });
    const arn = 'arn:aws:imagebuilder:us-east-1:1:image/base/1.0.0/3';
    expect(await images.fromImageBuilder(member, arn)).toEqual([{ id: 'ami-1', region: 'eu-west-1', account: '7' }]);
    expect(imageBuilder.commandCalls(GetImageCommand)[0]?.args[0].input).toEqual({ imageBuildVersionArn: arn });
  });
});
