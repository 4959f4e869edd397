import { statSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { systemClock } from '../../adapters/aws/clock.ts';
import { awsGroups } from '../../adapters/aws/groups.ts';
import { awsOrganization } from '../../adapters/aws/organization.ts';
import { awsParameters } from '../../adapters/aws/parameters.ts';
import { awsSessions } from '../../adapters/aws/sessions.ts';
import { awsStacks } from '../../adapters/aws/stacks.ts';
import { takeInventory } from '../../domain/planning/take-inventory.ts';
import { parseConfiguration } from '../../infra/config.ts';
import { ExitCode } from '../exit-code.ts';
import { loadConfiguration } from '../load-configuration.ts';
import { standardOutput } from '../terminal/terminal.ts';
import { UsageError } from '../usage-error.ts';
import { actingAccount } from './acting-account.ts';
import { requireTarget } from './require-target.ts';
import { inventorySummary } from './summary.ts';

/** The options of `ami-rollout inventory`. */
export interface InventoryArguments {
  readonly out: string;
  readonly config?: string;
  readonly family?: string;
  readonly role?: string;
  readonly instances?: boolean;
  readonly templates?: boolean;
  readonly json?: boolean;
}

/** Before minutes of reading. */
const requireFolder = (out: string): void => {
  const folder = dirname(out);
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory() !== true)
    throw new UsageError(`--out ${out}: there is no folder ${folder}`);
};

/** Takes the inventory, writes it and prints it; gives the exit code. */
export const runInventory = async (args: InventoryArguments): Promise<number> => {
  const { out, family = null, role, instances = true, templates = false } = args;
  const loaded = await loadConfiguration(args.config);
  const configuration = parseConfiguration(loaded.configuration, loaded.file);
  const { hub, families, targets } = configuration;
  requireFolder(out);
  if (family !== null && !families.some(({ name }) => name === family))
    throw new UsageError(
      `there is no family ${family} in ${loaded.file}; the families are ${families.map(({ name }) => name).join(', ')}`,
    );

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
  })({ family, instances, templates });
  requireTarget(inventory);

  const document = `${JSON.stringify(inventory, null, 2)}\n`;
  writeFileSync(out, document);
  const terminal = standardOutput();
  terminal.write(args.json === true ? document : inventorySummary(inventory, out, terminal));
  return ExitCode.Done;
};
