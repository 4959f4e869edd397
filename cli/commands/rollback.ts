import type { Command } from 'commander';
import { withConnection } from '../api/connection.ts';
import type { RollbackArguments } from '../rollback/run-rollback.ts';
import { wholeNumber } from './whole-number.ts';

const help = `
Every stack that the campaign has left on its image goes back to the one recorded before, and so do the family's SSM
parameters and its promotion. What somebody else or a later campaign has moved on is left alone and reported. A campaign
that still runs is stopped first. Stacks that an earlier restore has given up are tried again.

You are shown what it means before anything is done.

Exit codes: 3 when everything is back, 4 when some stacks need a person, 5 when it is still running (--no-wait, or
--timeout is over), 0 when there was nothing to restore, 1 otherwise.

Examples:
  $ ami-rollout rollback 3f2c9a6e --reason "memory leak in the agent"
  $ ami-rollout rollback --image ami-0123456789abcdef0 --reason "revoked: CVE-2026-1234" --yes
  $ ami-rollout rehearse --then rollback          # the same without AWS
`;

/** `ami-rollout rollback`: puts a campaign back after it has ended, or every campaign that has brought an image. */
export const addRollback = (program: Command): void => {
  withConnection(program.command('rollback'))
    .summary('put back what a campaign, or an image, has moved')
    .description('Puts back what a campaign has moved, or every campaign that has brought an image.')
    .argument('[campaign]', "the campaign: its id, or its execution's ARN")
    .option('--image <ami>', 'every campaign that has brought this image, by its id in any region')
    .requiredOption('--reason <text>', 'why; it is kept in the audit trail')
    .option('--yes', 'do not ask for confirmation')
    .option('--no-wait', 'do not wait for the end')
    .option('--timeout <minutes>', 'wait at most so long', wholeNumber(1, 2880), 240)
    .addHelpText('after', help)
    .action(async (campaign: string | undefined, options: Omit<RollbackArguments, 'campaign'>) => {
      const { runRollback } = await import('../rollback/run-rollback.ts');
      process.exitCode = await runRollback({ ...options, ...(campaign === undefined ? {} : { campaign }) });
    });
};
