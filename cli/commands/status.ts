import type { Command } from 'commander';
import type { ConnectionOptions } from '../api/connection.ts';
import { withConnection } from '../api/connection.ts';
import { wholeNumber } from './whole-number.ts';

const theCampaign = "the campaign: its id, or its execution's ARN";

/** `ami-rollout status` and `ami-rollout watch`. */
export const addStatus = (program: Command): void => {
  withConnection(program.command('status'))
    .summary('how far a campaign is; without one, the latest campaigns')
    .description('Prints one campaign: rings, gates, what went wrong, and when it may end. Exit code 5 while it runs.')
    .argument('[campaign]', theCampaign)
    .action(async (campaign: string | undefined, options: ConnectionOptions) => {
      const { runStatus } = await import('../campaign/run-status.ts');
      process.exitCode = await runStatus(campaign, options);
    });
  withConnection(program.command('watch'))
    .summary('watch a campaign until it ends')
    .description('Shows rings as bars and failures as they happen; the exit code is that of the outcome.')
    .argument('<campaign>', theCampaign)
    .option('--timeout <minutes>', 'watch for so long at most; then exit code 5', wholeNumber(1, 10_080))
    .action(async (campaign: string, options: ConnectionOptions & { timeout?: number }) => {
      const { runWatch } = await import('../campaign/run-status.ts');
      process.exitCode = await runWatch(campaign, options);
    });
};
