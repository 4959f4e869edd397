import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { call } from './errors.ts';

/**
 * The account of the default credentials; any credentials may ask that.
 * {@link https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html}
 */
export const callerAccount = async (region: string): Promise<string> => {
  const { Account = '' } = await call('GetCallerIdentity', () =>
    new STSClient({ region }).send(new GetCallerIdentityCommand({})),
  );
  return Account;
};
