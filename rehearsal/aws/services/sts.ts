import type {
  AssumeRoleCommandInput,
  AssumeRoleCommandOutput,
  GetCallerIdentityCommandInput,
  GetCallerIdentityCommandOutput,
} from '@aws-sdk/client-sts';
import { HUB_ACCOUNT, sessionKeyId } from '../accounts.ts';
import type { Call, Operations, Reply } from '../call.ts';
import { denied } from '../simulated-error.ts';
import type { World } from '../world.ts';

/** STS: sessions whose access key id carries the account they are for. */
export const sts = (world: World): Operations => {
  const assumeRole = (input: AssumeRoleCommandInput, call: Call): Reply<AssumeRoleCommandOutput> => {
    const roleArn = input.RoleArn ?? '';
    const account = roleArn.split(':')[4] ?? '';
    const faults = world.target(account, call.region).faults;
    if (!world.knows(account) || world.suspendedAccounts.has(account) || faults.refusals > 0) {
      if (faults.refusals > 0) faults.refusals--;
      throw denied(
        'sts',
        `User: ${call.roleArn ?? 'hub'} is not authorized to perform: sts:AssumeRole on resource: ${roleArn}`,
      );
    }
    const accessKeyId = sessionKeyId(account, world.nextId());
    world.sessions.set(accessKeyId, roleArn);
    const session = input.RoleSessionName ?? 'session';
    return {
      Credentials: {
        AccessKeyId: accessKeyId,
        SecretAccessKey: `${accessKeyId}/secret`,
        SessionToken: `${accessKeyId}/session`,
        Expiration: new Date(Date.now() + (input.DurationSeconds ?? 3_600) * 1_000),
      },
      AssumedRoleUser: {
        AssumedRoleId: `AROASIMULATED:${session}`,
        Arn: `${roleArn.replace(':iam:', ':sts:').replace(':role/', ':assumed-role/')}/${session}`,
      },
    };
  };

  const getCallerIdentity = (_: GetCallerIdentityCommandInput, call: Call): Reply<GetCallerIdentityCommandOutput> => ({
    Account: call.account,
    Arn: call.roleArn ?? `arn:aws:iam::${HUB_ACCOUNT}:role/hub`,
    UserId: 'AROASIMULATED',
  });

  return { AssumeRole: assumeRole, GetCallerIdentity: getCallerIdentity };
};
