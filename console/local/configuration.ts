import { HUB_ACCOUNT } from '../../rehearsal/aws/accounts.ts';
import { localUsers } from './users.ts';

/** The audience of the local identity provider's tokens, and the id of its one client. */
export const localAudience = 'ami-rollout';

/** The IAM principal of a local user. */
export const localArn = (id: string): string => `arn:aws:iam::${HUB_ACCOUNT}:user/${id}`;

/** What the local server lays over the configuration: its own people, its own identity provider, no start by itself. */
export const localPolicy = (issuer: string): Readonly<Record<string, unknown>> => ({
  // Whoever plays starts the campaign: the daily look for images would be there before them, as virtual days are short.
  campaigns: { newWithinDays: 1 },
  people: localUsers.filter(({ person }) => person).map(({ id }) => ({ id, iam: [localArn(id)], oidc: [id] })),
  console: {
    oidc: { issuer, audiences: [localAudience], groupsClaim: 'groups', clientId: localAudience },
    access: { read: { people: ['*'], groups: ['viewers'], principals: [localArn('viewer')] } },
  },
});
