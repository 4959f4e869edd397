import { statSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { parseConfiguration } from '../../infra/config.ts';
import { ExitCode } from '../exit-code.ts';
import { loadConfiguration } from '../load-configuration.ts';
import { standardOutput } from '../terminal/terminal.ts';
import { UsageError } from '../usage-error.ts';
import { readFleet, requireFamily } from './read-fleet.ts';
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
  requireFolder(out);
  requireFamily(configuration, family, loaded.file);
  const inventory = await readFleet(configuration, { family, role, instances, templates });

  const document = `${JSON.stringify(inventory, null, 2)}\n`;
  writeFileSync(out, document);
  const terminal = standardOutput();
  terminal.write(args.json === true ? document : inventorySummary(inventory, out, terminal));
  return ExitCode.Done;
};
