import { beforeEach, describe, expect, it } from '@jest/globals';
import { DescribeImagesCommand, DescribeSnapshotsCommand, EC2Client } from '@aws-sdk/client-ec2';
import { DescribeKeyCommand, KMSClient } from '@aws-sdk/client-kms';
import { mockClient } from 'aws-sdk-client-mock';
import { awsKeys } from '../../../adapters/aws/keys.ts';
import { AccessDenied, Throttled } from '../../../domain/errors.ts';
import { member, sdkError, testSessions } from './sessions-for-tests.ts';

const ec2 = mockClient(EC2Client);
const kms = mockClient(KMSClient);
const keys = awsKeys(testSessions());
const arn = 'arn:aws:kms:eu-west-1:111122223333:key/1';
const imageOf = (...snapshots: { Encrypted: boolean; SnapshotId?: string }[]) =>
  ec2.on(DescribeImagesCommand).resolves({ Images: [{ BlockDeviceMappings: snapshots.map((Ebs) => ({ Ebs })) }] });
const encrypted = (SnapshotId: string) => ({ Encrypted: true, SnapshotId });

beforeEach(() => {
  ec2.reset();
  kms.reset();
});

describe('the keys of an image', () => {
  it('are those of its encrypted snapshots, each once', async () => {
    imageOf(encrypted('snap-1'), encrypted('snap-2'), { Encrypted: false, SnapshotId: 'snap-3' });
    ec2.on(DescribeSnapshotsCommand).resolves({ Snapshots: [{ KmsKeyId: arn }, { KmsKeyId: arn }] });
    expect(await keys.ofImage(member, 'ami-1')).toEqual([arn]);
    expect(ec2.commandCalls(DescribeSnapshotsCommand)[0]?.args[0].input).toEqual({ SnapshotIds: ['snap-1', 'snap-2'] });
  });

  it('are not known where a snapshot is not shown, or shows no key', async () => {
    imageOf(encrypted('snap-1'), encrypted('snap-2'));
    ec2.on(DescribeSnapshotsCommand).resolves({ Snapshots: [{ KmsKeyId: arn }, {}] });
    expect(await keys.ofImage(member, 'ami-1')).toBeNull();
    ec2.on(DescribeSnapshotsCommand).rejects(sdkError('InvalidSnapshot.NotFound'));
    expect(await keys.ofImage(member, 'ami-1')).toBeNull();
    imageOf({ Encrypted: true });
    expect(await keys.ofImage(member, 'ami-1')).toBeNull();
    ec2.on(DescribeImagesCommand).resolves({});
    expect(await keys.ofImage(member, 'ami-1')).toBeNull();
  });
});

describe('a key', () => {
  it('is what KMS says of it', async () => {
    kms
      .on(DescribeKeyCommand)
      .resolves({ KeyMetadata: { KeyId: '1', KeyState: 'PendingDeletion', KeyManager: 'CUSTOMER' } });
    expect(await keys.find(member, arn)).toEqual({ state: 'PendingDeletion', managedByAws: false });
    kms.on(DescribeKeyCommand).resolves({ KeyMetadata: { KeyId: '1', KeyState: 'Enabled', KeyManager: 'AWS' } });
    expect(await keys.find(member, arn)).toEqual({ state: 'Enabled', managedByAws: true });
    expect(kms.commandCalls(DescribeKeyCommand)[0]?.args[0].input).toEqual({ KeyId: arn });
  });

  it('is not usable by what an empty answer says', async () => {
    kms.on(DescribeKeyCommand).resolves({});
    expect(await keys.find(member, arn)).toEqual({ state: 'Unknown', managedByAws: false });
  });

  it('is missing, refused, or not to be asked for just now', async () => {
    kms.on(DescribeKeyCommand).rejects(sdkError('NotFoundException'));
    expect(await keys.find(member, arn)).toBeUndefined();
    kms
      .on(DescribeKeyCommand)
      .rejects(
        sdkError('AccessDeniedException', `User: x is not authorized to perform: kms:DescribeKey on resource: ${arn}`),
      );
    expect(await keys.find(member, arn)).toBe('refused');
    kms.on(DescribeKeyCommand).rejects(sdkError('UnrecognizedClientException'));
    await expect(keys.find(member, arn)).rejects.toThrow(AccessDenied);
    kms.on(DescribeKeyCommand).rejects(sdkError('ThrottlingException'));
    await expect(keys.find(member, arn)).rejects.toThrow(Throttled);
  });
});
