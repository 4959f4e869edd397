import { describe, expect, it } from '@jest/globals';
import { accountKeyReason, hiddenKeyReason, keyReason } from '../../../domain/gates/image-key.ts';
import { imageFacts } from './image-facts.ts';

const image = imageFacts();
const owner = '111122223333';
const member = '100000000001';
const key = `arn:aws:kms:eu-west-1:${owner}:key/1234`;
const facts = (state: string, managedByAws = false) => ({ state, managedByAws });
const enable = `enable it with aws kms enable-key --region eu-west-1 --key-id ${key}`;

describe('keyReason', () => {
  it.each([
    ['is enabled', facts('Enabled')],
    ['its owner does not let us see', 'refused' as const],
  ])('is none where the key %s', (_what, seen) => {
    expect(keyReason(image, key, seen)).toBeNull();
  });

  it('says that the key is gone, and what to do', () => {
    expect(keyReason(image, key, undefined)).toEqual({
      code: 'image-key-unusable',
      text: `Key ${key} of image ${image.id} in eu-west-1, of account ${owner}, does not exist: copy the image under a key that stays.`,
    });
  });

  it.each([
    ['Disabled', enable],
    ['PendingDeletion', `cancel its deletion (aws kms cancel-key-deletion), ${enable}`],
  ])('says that the key is %s, and how that is mended', (state, mend) => {
    expect(keyReason(image, key, facts(state))?.text).toBe(
      `Key ${key} of image ${image.id} in eu-west-1, of account ${owner}, is ${state}, so no instance can start: ${mend}, or copy the image under a key that stays.`,
    );
  });

  it('leaves the account out that a key without an ARN does not name', () => {
    expect(keyReason(image, '1234', undefined)?.text).toContain(', of account , does not exist');
  });
});

describe('hiddenKeyReason', () => {
  it('says where to look', () => {
    expect(hiddenKeyReason(image)).toEqual({
      code: 'image-key-unusable',
      text: `The snapshots of encrypted image ${image.id} in eu-west-1 are gone or name no key: see aws ec2 describe-snapshots, then copy the image under a key that stays.`,
    });
  });
});

describe('accountKeyReason', () => {
  const good = { owner: facts('Enabled'), account: facts('Enabled') };
  const judge = (over: Partial<Parameters<typeof accountKeyReason>[3]> = {}, account = member) =>
    accountKeyReason(image, account, key, { ...good, ...over });

  it('is none where owner and account both see a key that is enabled', () => {
    expect(judge()).toBeNull();
  });

  it("refuses AWS's own key of another account: nobody can share it", () => {
    expect(judge({ owner: facts('Enabled', true) })?.text).toBe(
      `Account ${member} may not use key ${key} of image ${image.id} in eu-west-1: it is AWS's own key of account ${owner}, which cannot be shared; copy the image under a customer managed key and share that one.`,
    );
  });

  it.each([
    ["AWS's own key of the account itself", { owner: facts('Enabled', true) }, owner],
    ['a key of which its owner says nothing', { owner: 'refused' as const }, member],
    ['a key that its owner does not know', { owner: undefined }, member],
  ])('does not refuse %s', (_what, over, account) => {
    expect(judge(over, account)).toBeNull();
  });

  it.each([['refused' as const], [undefined]])(
    'says which rights are missing where the account is answered %s',
    (seen) => {
      expect(judge({ account: seen })).toEqual({
        code: 'image-key-unusable',
        text: `Account ${member} may not use key ${key} of image ${image.id} in eu-west-1: let its policy give the account kms:DescribeKey, kms:Decrypt, kms:ReEncrypt*, kms:GenerateDataKey* and kms:CreateGrant; if it does, deploy the spoke of the account again.`,
      });
    },
  );

  it('says so where the account sees a key that cannot be used', () => {
    expect(judge({ account: facts('Disabled') })?.text).toContain('is Disabled, so no instance can start');
  });
});
