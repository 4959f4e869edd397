import type { Command } from 'commander';
import type { DrillArguments } from '../drill/run-drill.ts';

const examples = `
Reads your opted-in stacks as they stand, as \`ami-rollout inventory --templates\` does and with the same credentials. Then, for
each family and in virtual time: a campaign moves the canaries, the new instances of one never become healthy, and every
stack that was touched has to be on its previous image again. Changes nothing.

Exit codes: 0 when everything went back; 4 when not; 1 for wrong usage, or when no target can be read.

Examples:
  $ ami-rollout drill
  $ ami-rollout drill --family al2023-base --role ReadOnly
  $ ami-rollout drill --from fleet.json --json | jq '.families[] | select(.passed | not)'
`;

/** `ami-rollout drill`: does everything go back, with the fleet as it is today? */
export const addDrill = (program: Command): void => {
  program
    .command('drill')
    .summary('rehearse a failing canary over your fleet, and check that everything goes back')
    .description('Rehearses a failing canary over the fleet as it stands, and checks that everything is put back.')
    .option('--from <file>', 'the fleet of this inventory instead of a fresh one')
    .option('--family <family>', 'only this family (default: each that has stacks)')
    .option('--role <name>', 'the role to take in other accounts (default: targets.roleName of the configuration)')
    .option('--config <file>', 'configuration (default: rollout.config.ts here, else the one of the project)')
    .option('--json', 'print one JSON object and nothing else')
    .addHelpText('after', examples)
    .action(async (options: DrillArguments) => {
      const { runDrill } = await import('../drill/run-drill.ts');
      process.exitCode = await runDrill(options);
    });
};
