import type { Command } from 'commander';
import type { ConnectionOptions } from '../api/connection.ts';
import { withConnection } from '../api/connection.ts';

const help = `
Looks and changes nothing: the address, the clock and the credentials of this machine; then, as the hub sees it, for each
target the role, the stacks that have opted in and those whose tags nearly do, the SSM parameters that they read, and
whether events come to the hub. Exit codes: 0 when nothing is missing, 1 otherwise.
`;

/** `ami-rollout doctor`. */
export const addDoctor = (program: Command): void => {
  withConnection(program.command('doctor'))
    .summary('what is missing for campaigns, and how to mend it')
    .description('Checks credentials, roles, tags, SSM parameters and events, and says how to mend what is missing.')
    .addHelpText('after', help)
    .action(async (options: ConnectionOptions) => {
      const { runDoctor } = await import('../doctor/run-doctor.ts');
      process.exitCode = await runDoctor(options);
    });
};
