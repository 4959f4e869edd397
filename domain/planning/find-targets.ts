import type { OrganizationTargets } from '../configuration/organization-targets.ts';
import type { OrganizationAccount } from '../ports/organization.ts';
import type { Ports } from '../ports/index.ts';
import type { Campaign } from '../records/campaign.ts';
import { targetName, type Target } from '../target.ts';

/** Where a campaign looks for stacks. */
export interface FoundTargets {
  readonly targets: readonly Target[];
  /** Targets of the organisation that cannot be worked in, each with its reason. */
  readonly leftOut: readonly (Target & { readonly reason: string })[];
}

const hasTags = (
  tags: Readonly<Record<string, string>>,
  wanted: Readonly<Record<string, readonly string[]>>,
): boolean => Object.entries(wanted).every(([key, values]) => values.includes(tags[key] ?? ''));

/** The accounts that the organisation names now, each once, in the order of their ids. */
const accountsOf = async (
  { organization }: Pick<Ports, 'organization'>,
  { units, tags, except }: OrganizationTargets,
): Promise<readonly OrganizationAccount[]> => {
  const found = new Map<string, OrganizationAccount>();
  // One after the other: Organizations answers a few calls a second, for the whole organisation.
  for (const unit of units.length === 0 ? [null] : units)
    for (const account of await organization.accounts(unit)) found.set(account.account, account);
  const wanted: OrganizationAccount[] = [];
  for (const account of [...found.values()].sort((a, b) => (a.account < b.account ? -1 : 1))) {
    if (except.includes(account.account)) continue;
    if (Object.keys(tags).length === 0 || hasTags(await organization.tags(account.account), tags)) wanted.push(account);
  }
  return wanted;
};

/**
 * The targets as they are now: those that the configuration lists, and those of the organisation, which are asked for at each
 * campaign, so that a new account takes part without a deployment.
 */
export const findTargets = async (ports: Pick<Ports, 'configuration' | 'organization'>): Promise<FoundTargets> => {
  const { hub, targets } = ports.configuration();
  const found = new Map(targets.list.map((target) => [targetName(target), target]));
  const leftOut: (Target & { reason: string })[] = [];
  const { organization } = targets;
  if (organization === null) return { targets: targets.list, leftOut };
  for (const { account, name, state } of await accountsOf(ports, organization)) {
    const reason =
      state !== 'ACTIVE'
        ? `the account ${account} (${name}) is ${state} in the organisation`
        : account === hub.account
          ? `the hub's own account has no role to enter it by: name it in targets.list if its stacks are to be moved`
          : null;
    for (const region of organization.regions) {
      const target = { account, region };
      if (found.has(targetName(target))) continue;
      if (reason === null) found.set(targetName(target), target);
      else leftOut.push({ ...target, reason });
    }
  }
  return { targets: [...found.values()], leftOut };
};

/** Whether a campaign may look there at all: a drill has one target and no other. */
export const isInReach = ({ drill }: Pick<Campaign, 'drill'>, target: Target): boolean =>
  !drill || targetName(drill) === targetName(target);

/** The regions that any target can be in. */
export const targetRegions = ({
  targets: { list, organization },
}: {
  readonly targets: { readonly list: readonly Target[]; readonly organization: OrganizationTargets | null };
}): readonly string[] => [...new Set([...list.map(({ region }) => region), ...(organization?.regions ?? [])])];
