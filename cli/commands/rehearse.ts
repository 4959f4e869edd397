import { readdirSync } from 'node:fs';
import { type Command, InvalidArgumentError, Option } from 'commander';
import type { RehearseArguments } from '../rehearse/run-rehearse.ts';
import { wrap } from '../terminal/fit.ts';
import { wholeNumber } from './whole-number.ts';

const regions = (text: string): string[] => {
  const names = text.split(',').map((name) => name.trim());
  const wrong = names.find((name) => !/^[a-z]{2}(-[a-z]+)+-\d$/.test(name));
  if (wrong === undefined) return names;
  throw new InvalidArgumentError(`'${wrong}' is no region; give names such as eu-west-1, separated by commas.`);
};

/** The shipped scenarios, read from the folder: loading the scenarios themselves would make help slow. */
const shipped = (): string =>
  readdirSync(new URL('../../rehearsal/scenario/shipped/', import.meta.url))
    .filter((file) => file.endsWith('.yaml'))
    .map((file) => file.slice(0, -'.yaml'.length))
    .sort()
    .join(', ');

const examples = () => `
Scenarios that come with the project; your own can be a YAML file:
${wrap(shipped(), 78)
  .map((line) => `  ${line}`)
  .join('\n')}

The exit code is 0 when the outcome is the one the scenario expects, PROMOTED where it names none.

Examples:
  $ ami-rollout rehearse
  $ ami-rollout rehearse --scenario canary-breaks
  $ ami-rollout rehearse --stacks 500 --accounts 20 --regions eu-west-1,us-east-1
  $ ami-rollout rehearse --from fleet.json        # your own fleet, as \`ami-rollout inventory\` found it
  $ ami-rollout rehearse --reject
  $ ami-rollout rehearse --then rollback          # the campaign, and then all of it back
  $ ami-rollout rehearse --json | jq '.rings'
  $ ami-rollout rehearse --scenario canary-breaks --html canary.html
  $ ami-rollout rehearse --events events.jsonl    # every call, state and event, one JSON object a line
`;

/** `ami-rollout rehearse`: a whole campaign against a simulated AWS, in virtual time. */
export const addRehearse = (program: Command): void => {
  program
    .command('rehearse')
    .summary('run a whole campaign in virtual time, without AWS')
    .description(
      'Runs a whole campaign in seconds: the machines as synthesized, the real handlers, a simulated AWS, virtual time.\n' +
        'Nothing in AWS is touched and no credentials are needed.',
    )
    .option('--scenario <file|name>', 'what the fleet is, what people decide and what goes wrong', 'default')
    .option('--stacks <n>', 'number of stacks', wholeNumber(0, 100_000))
    .option('--accounts <n>', 'number of accounts', wholeNumber(1, 1_000))
    .option('--regions <a,b>', 'regions, the first is the hub', regions)
    .option('--seed <n>', 'the same seed gives the same run', wholeNumber(-(2 ** 53) + 1, 2 ** 53 - 1))
    .addOption(
      new Option('--from <file>', 'the fleet of this inventory (ami-rollout inventory --out FILE)').conflicts([
        'stacks',
        'accounts',
        'regions',
      ]),
    )
    .addOption(new Option('--approve', 'people approve the rings').conflicts(['reject', 'ignore']))
    .addOption(new Option('--reject', 'people reject the first ring').conflicts(['approve', 'ignore']))
    .addOption(new Option('--ignore', 'nobody answers').conflicts(['approve', 'reject']))
    .addOption(
      new Option('--then <what>', 'what a person does after the campaign has ended').choices(['rollback'] as const),
    )
    .option('--event <file>', 'start with this EventBridge event (JSON) instead of a manual start')
    .option('--config <file>', 'configuration (default: rollout.config.ts here, else the one of the project)')
    .option('--events <file>', 'write the log of everything that happened to this file')
    .option('--html <file>', 'write a timeline to look at, or to attach to a change request, to this file')
    .option('--json', 'print one JSON object and nothing else')
    .addHelpText('after', examples)
    .action(async (options: RehearseArguments) => {
      const { runRehearse } = await import('../rehearse/run-rehearse.ts');
      process.exitCode = await runRehearse(options);
    });
};
