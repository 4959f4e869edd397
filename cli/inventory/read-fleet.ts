import { systemClock } from '../../adapters/aws/clock.ts';
import { awsGroups } from '../../adapters/aws/groups.ts';
import { awsOrganization } from '../../adapters/aws/organization.ts';
import { awsParameters } from '../../adapters/aws/parameters.ts';
import { awsSessions } from '../../adapters/aws/sessions.ts';
import { awsStacks } from '../../adapters/aws/stacks.ts';
import type { FleetInventory } from '../../domain/planning/fleet-inventory.ts';
import { readTemplates } from '../../domain/planning/read-templates.ts';
import { takeInventory } from '../../domain/planning/take-inventory.ts';
import type { parseConfiguration } from '../../infra/config.ts';
import { UsageError } from '../usage-error.ts';
import { actingAccount } from './acting-account.ts';
import { requireTarget } from './require-target.ts';

type Configuration = ReturnType<typeof parseConfiguration>;

/** What is to be read. */
export interface FleetRequest {
  /** Null: all families. */
  readonly family: string | null;
  /** The role to take in other accounts; undefined: the configuration's. */
  readonly role: string | undefined;
  readonly instances: boolean;
  readonly templates: boolean;
}

/** @throws UsageError that names the families there are */
export const requireFamily = ({ families }: Configuration, family: string | null, file: string): void => {
  if (family !== null && !families.some(({ name }) => name === family))
    throw new UsageError(
      `there is no family ${family} in ${file}; the families are ${families.map(({ name }) => name).join(', ')}`,
    );
};

/** Takes the inventory of the configured fleet with the user's own credentials; changes nothing. */
export const readFleet = async (
  configuration: Configuration,
  { family, role, instances, templates }: FleetRequest,
): Promise<FleetInventory> => {
  const { hub, targets } = configuration;
  const account = await actingAccount(hub, role);
  const { roleName, externalId } = targets;
  const sessions = awsSessions({ account, region: hub.region }, () => ({ roleName: role ?? roleName, externalId }));
  const inventory = await takeInventory({
    clock: systemClock,
    configuration: () => configuration,
    groups: awsGroups(sessions),
    organization: awsOrganization(sessions),
    parameters: awsParameters(sessions),
    stacks: awsStacks(sessions),
  })({ family, instances, templates: templates ? readTemplates : null });
  requireTarget(inventory);
  return inventory;
};
