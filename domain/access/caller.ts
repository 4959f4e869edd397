import type { Configuration } from '../configuration.ts';
import type { Permission } from '../configuration/access.ts';
import type { Person } from '../configuration/person.ts';
import { matchesGlob } from '../gates/glob.ts';

/** Who asks, as IAM or the identity provider has proved it; never as the request claims. */
export type Caller =
  | { readonly kind: 'iam'; readonly arn: string }
  | { readonly kind: 'oidc'; readonly subject: string; readonly groups: readonly string[] };

/** How the audit trail names the caller's identity. */
export const identityOf = (caller: Caller): string => (caller.kind === 'iam' ? caller.arn : `oidc:${caller.subject}`);

/** The person behind an identity, if the configuration knows one. */
export const personOf = (caller: Caller, people: readonly Person[]): string | null =>
  people.find(({ iam, oidc }) =>
    caller.kind === 'iam' ? iam.some((pattern) => matchesGlob(pattern, caller.arn)) : oidc.includes(caller.subject),
  )?.id ?? null;

/** Who acts, in the audit trail: the person, or what is known of somebody who is nobody of the configuration. */
export const actorOf = (caller: Caller, people: readonly Person[]): string =>
  personOf(caller, people) ?? identityOf(caller);

/** Whether the configuration gives the caller this permission. */
export const isAllowed = (
  caller: Caller,
  permission: Permission,
  { console, people }: Pick<Configuration, 'console' | 'people'>,
): boolean => {
  const grant = console.access[permission];
  const person = personOf(caller, people);
  if (person !== null && (grant.people.includes('*') || grant.people.includes(person))) return true;
  return caller.kind === 'iam'
    ? grant.principals.some((pattern) => matchesGlob(pattern, caller.arn))
    : grant.groups.some((group) => caller.groups.includes(group));
};
