import { beforeEach, describe, expect, it } from '@jest/globals';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { mockClient } from 'aws-sdk-client-mock';
import { callerAccount } from '../../../adapters/aws/caller.ts';
import { AccessDenied } from '../../../domain/errors.ts';
import { sdkError } from './sessions-for-tests.ts';

const sts = mockClient(STSClient);

beforeEach(() => {
  sts.reset();
});

describe('callerAccount', () => {
  it('is the account of the default credentials', async () => {
    sts.on(GetCallerIdentityCommand).resolves({ Account: '111122223333' });
    expect(await callerAccount('eu-west-1')).toBe('111122223333');
  });

  it('fails where there are none, in words of the domain', async () => {
    sts.on(GetCallerIdentityCommand).rejects(sdkError('CredentialsProviderError', 'Could not load credentials'));
    await expect(callerAccount('eu-west-1')).rejects.toBeInstanceOf(AccessDenied);
    await expect(callerAccount('eu-west-1')).rejects.toThrow(
      'GetCallerIdentity was refused: Could not load credentials',
    );
  });
});
