import { Option, type Command } from 'commander';
import { withConnection } from '../api/connection.ts';
import type { RealDrillArguments } from '../drill/run-real-drill.ts';
import type { DrillArguments } from '../drill/run-drill.ts';
import { UsageError } from '../usage-error.ts';
import { wholeNumber } from './whole-number.ts';

const examples = `
Without --real: reads your opted-in stacks as they stand, as \`ami-rollout inventory --templates\` does and with the same
credentials. Then, for each family and in virtual time: a campaign moves the canaries, the new instances of one never become
healthy, and every stack that was touched has to be on its previous image again. Changes nothing.

With --real: asks the hub to drill a stack that drill.stacks of the configuration designates. It is moved to the newest image
of its family that it is not on, proven instance by instance, made to fail on purpose, and put back by the real restore.
Nothing else is touched, nothing is promoted, and a stack that is not designated, or not of staging, is refused.

Exit codes: 0 when everything went back; 4 when not; 1 for wrong usage, or when no target can be read. With --real also 2 when
the drill was refused, by a gate or since a campaign of the family runs; 3 when the stack is back, but was not proven on the
image; 5 when it still runs.

Examples:
  $ ami-rollout drill
  $ ami-rollout drill --family al2023-base --role ReadOnly
  $ ami-rollout drill --from fleet.json --json | jq '.families[] | select(.passed | not)'
  $ ami-rollout drill --real --stack staging-drill --reason 'monthly drill'
`;

/** Options that only a drill on a real stack has, as they are spelled. */
const ofReal = {
  stack: '--stack',
  image: '--image',
  imageRegion: '--image-region',
  reason: '--reason',
  key: '--key',
  timeout: '--timeout',
  endpoint: '--endpoint',
  region: '--region',
} as const;

type Given = DrillArguments & RealDrillArguments & { readonly real?: boolean };

const refuseRealOptions = (options: Given): void => {
  const given = Object.keys(ofReal).filter((name) => options[name as keyof typeof ofReal] !== undefined);
  const [first] = given;
  if (first !== undefined) throw new UsageError(`${ofReal[first as keyof typeof ofReal]} is for --real only: add it`);
  if (options.wait === false) throw new UsageError('--no-wait is for --real only: add it');
};

/** `ami-rollout drill`: does everything go back, with the fleet as it is today? */
export const addDrill = (program: Command): void => {
  const command = program
    .command('drill')
    .summary('rehearse a failing canary over your fleet, or drill a designated stack for real')
    .description(
      'Rehearses a failing canary over the fleet as it stands, and checks that everything is put back; with --real, moves a designated\nstack of staging and puts it back.',
    )
    .option('--from <file>', 'the fleet of this inventory instead of a fresh one')
    .option('--family <family>', 'only this family (default: each that has stacks)')
    .option('--role <name>', 'the role to take in other accounts (default: targets.roleName of the configuration)')
    .addOption(new Option('--real', 'drill a real stack, through the API').conflicts(['from', 'family', 'role']))
    .option('--stack <name>', 'with --real: the stack (default: the only one of drill.stacks)')
    .option('--image <ami>', 'with --real: the AMI to move to (default: the newest that the stack is not on)')
    .option('--image-region <region>', "with --real: the region that the AMI id is of (default: the hub's)")
    .option('--reason <text>', 'with --real: why; it is kept in the audit trail')
    .option('--key <text>', 'with --real: your own key: repeating it starts nothing new (default: a new one)')
    .option('--no-wait', 'with --real: only start it; exit code 5')
    .option('--timeout <minutes>', 'with --real: watch for so long at most; then exit code 5', wholeNumber(1, 10_080));
  withConnection(command)
    .addHelpText('after', examples)
    .action(async (options: Given) => {
      if (options.real === true) {
        const { runRealDrill } = await import('../drill/run-real-drill.ts');
        process.exitCode = await runRealDrill(options);
        return;
      }
      refuseRealOptions(options);
      const { runDrill } = await import('../drill/run-drill.ts');
      process.exitCode = await runDrill(options);
    });
};
