import { parseConfiguration } from '../../infra/config.ts';
import { loadDeployment } from '../../rehearsal/definitions/load-deployment.ts';
import { ExitCode } from '../exit-code.ts';
import { loadConfiguration } from '../load-configuration.ts';
import { standardOutput } from '../terminal/terminal.ts';
import { UsageError } from '../usage-error.ts';
import type { AslMachine } from '../../domain/machine/asl.ts';
import { mermaid } from './mermaid.ts';
import { overview } from './overview.ts';

/** The options of `ami-rollout graph`. */
export interface GraphArguments {
  readonly machine: 'campaign' | 'restore';
  readonly brief?: boolean;
  readonly config?: string;
}

/** Prints a machine of the configuration's deployment; gives the exit code. */
export const runGraph = async ({ machine, brief = false, config }: GraphArguments): Promise<number> => {
  const { configuration, file } = await loadConfiguration(config);
  const { deployment } = await loadDeployment(parseConfiguration(configuration, file));
  const wanted = deployment.machines.find(({ name }) => name.endsWith(`-${machine}`));
  if (wanted === undefined) throw new UsageError(`the deployment of ${file} has no machine ${machine}`);
  const definition = wanted.definition as AslMachine;
  standardOutput().write(brief ? overview(definition) : mermaid(wanted.name, definition));
  return ExitCode.Done;
};
