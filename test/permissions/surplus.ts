import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import * as z from 'zod';
import { handlerNames } from '../../infra/handlers.ts';
import type { Asked } from './all-scenarios.ts';
import type { DeployedRights, DeployedRole } from './deployed-roles.ts';

const actionsOf = ({ policies }: DeployedRole): readonly string[] =>
  policies.flatMap(({ policy }) =>
    policy.Statement.flatMap(({ Effect, Action }) => (Effect === 'Allow' ? [Action].flat() : [])),
  );

const nameOf = (principal: string): string => principal.split('/').at(-1) ?? principal;

/** Roles by action. */
export type Rights = Readonly<Record<string, readonly string[]>>;

const explained = z.array(
  z.strictObject({
    because: z.string().min(20),
    rights: z.record(z.string(), z.union([z.literal('every handler'), z.array(z.string()).min(1)])),
  }),
);

const sorted = (rights: ReadonlyMap<string, ReadonlySet<string>>): Rights =>
  Object.fromEntries(
    [...rights].sort(([a], [b]) => (a < b ? -1 : 1)).map(([action, names]) => [action, [...names].sort()]),
  );

/** The rights that nobody uses and that are kept, as the list says, with their reasons. */
export const explainedSurplus = (): {
  readonly rights: Rights;
  readonly reasons: readonly { readonly because: string; readonly rights: Rights }[];
} => {
  const entries = explained.parse(parse(readFileSync(new URL('surplus.yaml', import.meta.url), 'utf8')));
  const reasons = entries.map(({ because, rights }) => ({
    because: because.trim(),
    rights: Object.fromEntries(
      Object.entries(rights).map(([action, names]) => [action, names === 'every handler' ? handlerNames : names]),
    ),
  }));
  const all = new Map<string, Set<string>>();
  for (const { rights } of reasons)
    for (const [action, names] of Object.entries(rights))
      for (const name of names) all.set(action, (all.get(action) ?? new Set()).add(name));
  return { rights: sorted(all), reasons };
};

/**
 * Actions that a role allows and that nobody has used in any scenario, nor CloudFormation for any example, as
 * `ec2:DescribeImages: claim-stack, sweep`. The role in member accounts is called `member`.
 */
export const surplusRights = (
  { handlers, spoke }: DeployedRights,
  asked: readonly Asked[],
  downstream: readonly string[],
  member: string,
): Rights => {
  const used = new Set(asked.map(({ request }) => `${nameOf(request.principal)} ${request.action}`));
  const memberRole = spoke(member);
  for (const action of downstream) used.add(`${nameOf(memberRole.arn)} ${action}`);
  const surplus = new Map<string, Set<string>>();
  for (const [name, role] of [...handlers, ['member', memberRole] as const])
    for (const action of actionsOf(role))
      if (!used.has(`${nameOf(role.arn)} ${action}`)) surplus.set(action, (surplus.get(action) ?? new Set()).add(name));
  return sorted(surplus);
};
