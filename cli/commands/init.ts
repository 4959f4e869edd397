import type { Command } from 'commander';
import type { InitArguments } from '../init/run-init.ts';

const examples = `
Asks what it is not told; with --yes it asks nothing. An existing file is never overwritten without --force.

Examples:
  $ ami-rollout init
  $ ami-rollout init --yes --accounts 111122223333,444455556666 --regions eu-west-1 \\
      --people ana@example.com,ben@example.com --mail platform-team@example.com
`;

/** `ami-rollout init`: a commented configuration from a few answers. */
export const addInit = (program: Command): void => {
  program
    .command('init')
    .summary('write a configuration from a few answers')
    .description('Writes a commented rollout.config.ts from a few answers. Talks to nobody.')
    .option('--accounts <ids>', 'accounts whose stacks are moved, separated by commas')
    .option('--regions <names>', 'regions, each used in each account')
    .option('--hub <account/region>', 'where ami-rollout itself runs (default: the first account and region)')
    .option('--family <names>', 'families of images (default: al2023-base)')
    .option('--canary <percent>', 'stacks of the canary ring (default: 5)')
    .option('--people <names>', 'who approves, at least two: user names at IAM Identity Center, or id=ARN')
    .option('--mail <addresses>', 'who is told (default: nobody)')
    .option('--out <file>', 'the file to write', 'rollout.config.ts')
    .option('--yes', 'ask nothing: options and defaults')
    .option('--force', 'overwrite the file')
    .addHelpText('after', examples)
    .action(async (options: InitArguments) => {
      const { runInit } = await import('../init/run-init.ts');
      process.exitCode = await runInit(options);
    });
};
