import { callerAccount } from '../../adapters/aws/caller.ts';
import type { Target } from '../../domain/target.ts';
import { UsageError } from '../usage-error.ts';

/**
 * The account whose credentials we have. The configured role trusts the hub, so another account is of use only with a
 * role that trusts that one.
 *
 * @throws UsageError saying what to do where there are no credentials, or those of another account
 */
export const actingAccount = async (hub: Target, role: string | undefined): Promise<string> => {
  let account: string;
  try {
    account = await callerAccount(hub.region);
  } catch (cause) {
    throw new UsageError(
      `the AWS credentials cannot be used: ${(cause as Error).message}\n` +
        'Log in (`aws sso login`), choose a profile (AWS_PROFILE), or set the AWS_… variables.',
      { cause },
    );
  }
  if (account === hub.account || role !== undefined) return account;
  throw new UsageError(
    `the AWS credentials are those of account ${account}, the hub is ${hub.account}: ` +
      'log in there, or give --role a role of the targets that trusts you',
  );
};
