import type { ImageFacts } from '../ports/images.ts';
import type { KeyFacts } from '../ports/keys.ts';
import { reason, type Reason } from './reason.ts';

type Image = Pick<ImageFacts, 'id' | 'region'>;

/** The account that a key belongs to, by its ARN. */
const accountOfKey = (keyArn: string): string => keyArn.split(':')[4] ?? '';

const unusable = (text: string): Reason => reason('image-key-unusable', text);

const other = 'or copy the image under a key that stays';

/** Why nobody can launch the image, by what its owner sees of its key; null: the key can be used, or its owner is not asked. */
export const keyReason = (image: Image, keyArn: string, facts: KeyFacts | 'refused' | undefined): Reason | null => {
  const place = `image ${image.id} in ${image.region}, of account ${accountOfKey(keyArn)},`;
  if (facts === undefined)
    return unusable(`Key ${keyArn} of ${place} does not exist: copy the image under a key that stays.`);
  if (facts === 'refused' || facts.state === 'Enabled') return null;
  const enable = `enable it with aws kms enable-key --region ${image.region} --key-id ${keyArn}`;
  const mend =
    facts.state === 'PendingDeletion' ? `cancel its deletion (aws kms cancel-key-deletion), ${enable}` : enable;
  return unusable(`Key ${keyArn} of ${place} is ${facts.state}, so no instance can start: ${mend}, ${other}.`);
};

/** Why an own encrypted image cannot be proved to start: its snapshots are gone, or name no key. */
export const hiddenKeyReason = ({ id, region }: Image): Reason =>
  unusable(
    `The snapshots of encrypted image ${id} in ${region} are gone or name no key: see aws ec2 describe-snapshots, ${other.replace(/^or /, 'then ')}.`,
  );

/**
 * Why one account cannot launch the image for its key; null: nothing that can be seen speaks against it.
 * {@link https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/sharingamis-explicit.html}
 */
export const accountKeyReason = (
  image: Image,
  account: string,
  keyArn: string,
  facts: { readonly owner: KeyFacts | 'refused' | undefined; readonly account: KeyFacts | 'refused' | undefined },
): Reason | null => {
  const which = `key ${keyArn} of image ${image.id} in ${image.region}`;
  const isOthers = accountOfKey(keyArn) !== account;
  if (isOthers && typeof facts.owner === 'object' && facts.owner.managedByAws)
    return unusable(
      `Account ${account} may not use ${which}: it is AWS's own key of account ${accountOfKey(keyArn)}, which cannot be shared; copy the image under a customer managed key and share that one.`,
    );
  if (facts.account === 'refused' || facts.account === undefined)
    return unusable(
      `Account ${account} may not use ${which}: let its policy give the account kms:DescribeKey, kms:Decrypt, kms:ReEncrypt*, kms:GenerateDataKey* and kms:CreateGrant; if it does, deploy the spoke of the account again.`,
    );
  return keyReason(image, keyArn, facts.account);
};
