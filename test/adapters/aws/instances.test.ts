import { beforeEach, describe, expect, it } from '@jest/globals';
import {
  DescribeInstancesCommand,
  EC2Client,
  RunInstancesCommand,
  TerminateInstancesCommand,
} from '@aws-sdk/client-ec2';
import { mockClient } from 'aws-sdk-client-mock';
import { awsInstances } from '../../../adapters/aws/instances.ts';
import { InstanceRefused } from '../../../domain/ports/instances.ts';
import { member, sdkError, testSessions } from './sessions-for-tests.ts';

const ec2 = mockClient(EC2Client);
const instances = awsInstances(testSessions(), () => ({
  subnetId: 'subnet-1',
  securityGroupIds: ['sg-1'],
  profileArn: 'arn:profile',
  types: { x86_64: 't3.medium', arm64: 't4g.medium' },
}));
const order = {
  key: 'ar-1',
  imageId: 'ami-1',
  architecture: 'arm64',
  type: null,
  spot: true,
  campaignId: 'c-1',
  purpose: 'Inspector Scan',
  expiresAt: '2026-11-22T18:00:00.000Z',
};
const sent = () => ec2.commandCalls(RunInstancesCommand).map(({ args }) => args[0].input);

beforeEach(() => {
  ec2.reset();
});

describe('launch', () => {
  it('takes another type and no Spot where the order says so', async () => {
    ec2.on(RunInstancesCommand).resolves({ Instances: [{ InstanceId: 'i-1' }] });
    const launched = await instances.launch(member, { ...order, type: 'm7g.large', spot: false });
    expect(launched).toEqual({ id: 'i-1', market: 'on-demand' });
    expect(sent()).toMatchObject([{ InstanceType: 'm7g.large', ClientToken: 'ar-1-on-demand' }]);
    expect(sent()[0]).not.toHaveProperty('InstanceMarketOptions');
    ec2.on(RunInstancesCommand).rejects(sdkError('InsufficientInstanceCapacity'));
    await expect(instances.launch(member, { ...order, spot: false })).rejects.toThrow(InstanceRefused);
    expect(sent()).toHaveLength(2);
  });

  it('takes Spot, with a token, an expiry and nothing that outlives it', async () => {
    ec2.on(RunInstancesCommand).resolves({ Instances: [{ InstanceId: 'i-1' }] });
    expect(await instances.launch(member, order)).toEqual({ id: 'i-1', market: 'spot' });
    expect(sent()).toMatchObject([
      {
        ImageId: 'ami-1',
        InstanceType: 't4g.medium',
        MinCount: 1,
        MaxCount: 1,
        ClientToken: 'ar-1-spot',
        SubnetId: 'subnet-1',
        SecurityGroupIds: ['sg-1'],
        IamInstanceProfile: { Arn: 'arn:profile' },
        InstanceInitiatedShutdownBehavior: 'terminate',
        MetadataOptions: { HttpTokens: 'required' },
        InstanceMarketOptions: { MarketType: 'spot' },
      },
    ]);
    expect(sent()[0]?.TagSpecifications?.map(({ ResourceType }) => ResourceType)).toEqual([
      'instance',
      'volume',
      'network-interface',
    ]);
    expect(sent()[0]?.TagSpecifications?.[0]?.Tags).toEqual([
      { Key: 'ami-rollout:product', Value: 'ami-rollout' },
      { Key: 'ami-rollout:campaign', Value: 'c-1' },
      { Key: 'ami-rollout:purpose', Value: 'Inspector Scan' },
      { Key: 'ami-rollout:expires-at', Value: '2026-11-22T18:00:00.000Z' },
      { Key: 'Name', Value: 'ami-rollout Inspector Scan' },
    ]);
  });

  it('goes on demand, under a token of its own, where Spot has nothing', async () => {
    ec2
      .on(RunInstancesCommand)
      .rejectsOnce(sdkError('InsufficientInstanceCapacity', 'none'))
      .resolves({ Instances: [{ InstanceId: 'i-2' }] });
    expect(await instances.launch(member, order)).toEqual({ id: 'i-2', market: 'on-demand' });
    expect(sent().map(({ ClientToken }) => ClientToken)).toEqual(['ar-1-spot', 'ar-1-on-demand']);
    expect(sent()[1]?.InstanceMarketOptions).toBeUndefined();
  });

  it.each(['VcpuLimitExceeded', 'InvalidAMIID.NotFound'])('is refused by %s for good', async (name) => {
    ec2.on(RunInstancesCommand).rejects(sdkError(name, 'no'));
    await expect(instances.launch(member, order)).rejects.toThrow(InstanceRefused);
    expect(sent()).toHaveLength(1);
  });

  it('is refused where on demand has nothing either, or EC2 gives no instance', async () => {
    ec2.on(RunInstancesCommand).rejects(sdkError('InsufficientInstanceCapacity', 'none'));
    await expect(instances.launch(member, order)).rejects.toThrow(InstanceRefused);
    ec2.reset();
    ec2.on(RunInstancesCommand).resolves({});
    await expect(instances.launch(member, order)).rejects.toThrow('EC2 gave no instance');
  });
});

describe('list', () => {
  it('reads ours by their tags, all pages', async () => {
    const tags = Object.entries({ campaign: 'c-1', purpose: 'p', 'expires-at': 'e' }).map(([key, Value]) => ({
      Key: `ami-rollout:${key}`,
      Value,
    }));
    ec2
      .on(DescribeInstancesCommand)
      .resolves({ Reservations: [{ Instances: [{ InstanceId: 'i-1', Tags: tags }] }], NextToken: 'more' })
      .on(DescribeInstancesCommand, { NextToken: 'more' })
      .resolves({ Reservations: [{ Instances: [{ InstanceId: 'i-2' }] }] });
    expect(await instances.list(member)).toEqual([
      { id: 'i-1', campaignId: 'c-1', purpose: 'p', expiresAt: 'e' },
      { id: 'i-2', campaignId: '', purpose: '', expiresAt: '' },
    ]);
  });
});

describe('terminate', () => {
  it('ends each, and takes one that is gone for ended', async () => {
    ec2.on(TerminateInstancesCommand).rejectsOnce(sdkError('InvalidInstanceID.NotFound', 'gone')).resolves({});
    await instances.terminate(member, ['i-1', 'i-2']);
    expect(ec2.commandCalls(TerminateInstancesCommand).map(({ args }) => args[0].input)).toEqual([
      { InstanceIds: ['i-1'] },
      { InstanceIds: ['i-2'] },
    ]);
  });
});
