import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import { AccessDenied } from '../../domain/errors.ts';
import type { Target } from '../../domain/target.ts';
import { campaignTag } from '../../domain/words.ts';
import { call } from './errors.ts';
import { partition } from './partition.ts';

/** How the hub gets into member accounts. */
export interface Access {
  readonly roleName: string;
  readonly externalId: string;
}

/** Credentials with an end. */
export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
  readonly expiration: Date;
}

/** Gives credentials that are good for five more minutes at least. */
export type CredentialProvider = () => Promise<Credentials>;

const renewBeforeMilliseconds = 5 * 60_000;

/**
 * Shown in the member account's CloudTrail and in the ARN of who changed a stack: the product and, where the call is made for
 * one, the campaign. A session's name has 64 characters at most; the tag has the whole id.
 */
const session = (campaignId: string | null) =>
  campaignId === null
    ? { RoleSessionName: 'ami-rollout' }
    : {
        RoleSessionName: `ami-rollout-${campaignId.replaceAll(/[^\w+=,.@-]/g, '-')}`.slice(0, 64),
        Tags: [{ Key: campaignTag, Value: campaignId.replaceAll(/[^\p{L}\p{Z}\p{N}_.:/=+@-]/gu, '-').slice(0, 256) }],
      };

const assume = async (
  sts: STSClient,
  account: string,
  region: string,
  access: Access,
  campaignId: string | null,
): Promise<Credentials> => {
  const role = `arn:${partition(region)}:iam::${account}:role/${access.roleName}`;
  const answer = await call(`AssumeRole of ${role}`, () =>
    sts.send(new AssumeRoleCommand({ RoleArn: role, ExternalId: access.externalId, ...session(campaignId) })),
  );
  const { AccessKeyId, SecretAccessKey, SessionToken, Expiration } = answer.Credentials ?? {};
  if (!AccessKeyId || !SecretAccessKey || !SessionToken || !Expiration) {
    throw new AccessDenied(`AssumeRole of ${role} gave no credentials. Check the role in account ${account}`);
  }
  return {
    accessKeyId: AccessKeyId,
    secretAccessKey: SecretAccessKey,
    sessionToken: SessionToken,
    expiration: Expiration,
  };
};

/**
 * Credentials of the member accounts' roles: one AssumeRole per account serves all services and regions until five
 * minutes before its end (chained roles last an hour at most), and those who ask at the same time share one call.
 * {@link https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html}
 *
 * @param campaignId - The campaign that the sessions are for, if it is known; they carry it in their name and as a tag.
 */
export const assumedRoles = (
  region: string,
  access: () => Access,
  campaignId: string | null,
): ((target: Target) => CredentialProvider) => {
  const held = new Map<string, Promise<Credentials>>();
  let sts: STSClient | undefined;

  const renew = (account: string): Promise<Credentials> => {
    sts ??= new STSClient({ region, maxAttempts: 8, retryMode: 'adaptive' });
    const pending = assume(sts, account, region, access(), campaignId);
    held.set(account, pending);
    pending.catch(() => held.get(account) === pending && held.delete(account));
    return pending;
  };

  return ({ account }) =>
    async () => {
      for (;;) {
        const known = held.get(account);
        if (known === undefined) return renew(account);
        const credentials = await known;
        if (credentials.expiration.getTime() - Date.now() > renewBeforeMilliseconds) return credentials;
        // Whoever comes first renews; the others find the new promise.
        if (held.get(account) === known) return renew(account);
      }
    };
};
