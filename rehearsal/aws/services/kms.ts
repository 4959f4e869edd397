import type { DescribeKeyCommandInput, DescribeKeyCommandOutput } from '@aws-sdk/client-kms';
import type { Call, Operations, Reply } from '../call.ts';
import { SimulatedError } from '../simulated-error.ts';
import type { World } from '../world.ts';

/** KMS, as far as images are encrypted under its keys. */
export const kms = (world: World): Operations => {
  const describeKey = ({ KeyId = '' }: DescribeKeyCommandInput, { account }: Call): Reply<DescribeKeyCommandOutput> => {
    const image = world.images.ofKey(KeyId);
    // To another account a key that does not exist looks like one that is not shared.
    if (image === undefined || (image.owner !== account && !world.images.mayUseKey(image, account)))
      throw new SimulatedError(
        'AccessDeniedException',
        `User: arn:aws:sts::${account}:assumed-role/rollout is not authorized to perform: kms:DescribeKey on resource: ${KeyId} because no resource-based policy allows the kms:DescribeKey action`,
      );
    const { key } = image.attributes;
    if (key.state === 'missing') throw new SimulatedError('NotFoundException', `Key '${KeyId}' does not exist`);
    return {
      KeyMetadata: {
        KeyId: KeyId.split('/')[1],
        Arn: KeyId,
        AWSAccountId: image.owner,
        Enabled: key.state === 'Enabled',
        KeyState: key.state,
        KeyManager: key.manager === 'aws' ? 'AWS' : 'CUSTOMER',
      },
    };
  };
  return { DescribeKey: describeKey };
};
