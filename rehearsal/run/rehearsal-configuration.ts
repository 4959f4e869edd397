import type { Configuration } from '../../domain/configuration.ts';
import { mergeConfiguration, parseConfiguration } from '../../infra/config.ts';
import { fleetAccounts, HUB_ACCOUNT } from '../aws/accounts.ts';
import type { Scenario } from '../scenario/scenario-schema.ts';

/** The people of a rehearsal: the one the scenario names first, and enough others for every rule on approvals. */
export const peopleOf = ({ approval }: Pick<Scenario, 'approval'>): readonly { id: string; iam: string[] }[] =>
  [approval.by, `${approval.by}-2`, `${approval.by}-3`].map((id) => ({
    id,
    iam: [`arn:aws:iam::${HUB_ACCOUNT}:user/${id}`],
  }));

/**
 * The configuration of a rehearsal: the user's own, moved to the scenario's accounts, regions and people, with the
 * scenario's policy laid over it. Throws a ConfigurationError that names the option.
 */
export const rehearsalConfiguration = (base: unknown, scenario: Scenario): Configuration => {
  const { fleet, policy, name } = scenario;
  const listed = Array.isArray(fleet.stacks) ? fleet.stacks.flatMap((stack) => stack.account ?? []) : [];
  const regionsListed = Array.isArray(fleet.stacks) ? fleet.stacks.flatMap((stack) => stack.region ?? []) : [];
  const [hubRegion] = fleet.regions;
  const moved = mergeConfiguration(base, {
    hub: { account: HUB_ACCOUNT, region: hubRegion },
    targets: {
      accounts: [...new Set([...fleetAccounts(fleet.accounts), ...listed])],
      regions: [...new Set([...fleet.regions, ...regionsListed])],
      list: [],
    },
    people: peopleOf(scenario),
    notifications: { emails: [], slack: null },
    // Stacks of the user's own accounts; a scenario names those of its fleet.
    drill: { stacks: [], schedule: null },
  });
  return parseConfiguration(mergeConfiguration(moved, policy), `policy of scenario ${name}`);
};
