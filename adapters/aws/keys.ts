import { DescribeImagesCommand, DescribeSnapshotsCommand, EC2Client } from '@aws-sdk/client-ec2';
import { DescribeKeyCommand, KMSClient } from '@aws-sdk/client-kms';
import { AccessDenied } from '../../domain/errors.ts';
import type { Keys } from '../../domain/ports/keys.ts';
import { targetName } from '../../domain/target.ts';
import * as z from 'zod/mini';
import { ask, flag, text } from './ask.ts';
import { isRefused } from './errors.ts';
import type { Sessions } from './sessions.ts';

const described = z.object({
  Images: z.optional(
    z.array(
      z.object({
        BlockDeviceMappings: z.optional(
          z.array(z.object({ Ebs: z.optional(z.object({ Encrypted: flag, SnapshotId: text })) })),
        ),
      }),
    ),
  ),
});
const snapshots = z.object({ Snapshots: z.optional(z.array(z.object({ KmsKeyId: text }))) });
const key = z.object({ KeyMetadata: z.optional(z.object({ KeyState: text, KeyManager: text })) });

/** An account that refuses us altogether is another matter: KMS names what it has refused. */
const isAboutKey = (error: unknown): boolean =>
  error instanceof AccessDenied && error.message.includes('kms:DescribeKey');

/**
 * Keys by EC2 and KMS. DescribeImages says that a snapshot is encrypted and not under which key; DescribeSnapshots does,
 * to the snapshots' owner: sharing an image does not share its snapshots.
 * {@link https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_Snapshot.html}
 * {@link https://docs.aws.amazon.com/kms/latest/APIReference/API_DescribeKey.html}
 */
export const awsKeys = (sessions: Sessions): Keys => ({
  ofImage: async (target, imageId) => {
    const ec2 = sessions.client(EC2Client, target);
    try {
      const { Images = [] } = await ask(`DescribeImages of ${imageId} in ${targetName(target)}`, described, () =>
        ec2.send(new DescribeImagesCommand({ ImageIds: [imageId], IncludeDisabled: true })),
      );
      const encrypted = (Images[0]?.BlockDeviceMappings ?? []).filter(({ Ebs }) => Ebs?.Encrypted === true);
      const ids = encrypted.flatMap(({ Ebs }) => Ebs?.SnapshotId ?? []);
      if (ids.length === 0 || ids.length < encrypted.length) return null;
      const { Snapshots = [] } = await ask(`DescribeSnapshots of ${imageId} in ${targetName(target)}`, snapshots, () =>
        ec2.send(new DescribeSnapshotsCommand({ SnapshotIds: ids })),
      );
      const keys = Snapshots.flatMap(({ KmsKeyId }) => KmsKeyId ?? []);
      return keys.length < ids.length ? null : [...new Set(keys)];
    } catch (error) {
      if (isRefused(error, 'InvalidSnapshot.NotFound', 'InvalidAMIID.NotFound')) return null;
      throw error;
    }
  },

  find: async (target, keyArn) => {
    try {
      const { KeyMetadata } = await ask(`DescribeKey of ${keyArn} in ${targetName(target)}`, key, () =>
        sessions.client(KMSClient, target).send(new DescribeKeyCommand({ KeyId: keyArn })),
      );
      return { state: KeyMetadata?.KeyState ?? 'Unknown', managedByAws: KeyMetadata?.KeyManager === 'AWS' };
    } catch (error) {
      if (isAboutKey(error)) return 'refused';
      if (isRefused(error, 'NotFoundException', 'InvalidArnException')) return undefined;
      throw error;
    }
  },
});
