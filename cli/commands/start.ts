import { InvalidArgumentError, type Command } from 'commander';
import { withConnection } from '../api/connection.ts';
import type { StartArguments } from '../campaign/run-start.ts';
import { wholeNumber } from './whole-number.ts';

const collect = (value: string, before: readonly string[] = []): readonly string[] => [...before, value];
const image = (value: string): string => {
  if (!/^ami-([0-9a-f]{8}|[0-9a-f]{17})$/.test(value))
    throw new InvalidArgumentError('give an AMI id such as ami-0123456789abcdef0.');
  return value;
};

const common = (command: Command): Command =>
  withConnection(
    command
      .argument('<image>', 'the AMI to move to', image)
      .option('--image-region <region>', "the region that the AMI id is of (default: the hub's)")
      .option('--family <family>', "the family (default: by the image's tag, else by its name)")
      .option('--environment <name>', 'only stacks of this environment; may be given several times', collect)
      .option('--reason <text>', 'why; it is kept in the audit trail')
      .option('--allow-older', 'accept an image that is older than the promoted one')
      .option('--allow-revoked', 'accept an image that was rolled back; needs --reason')
      .option('--key <text>', 'your own key of this start: repeating it starts nothing new (default: a new one)'),
  );

type Given = Omit<StartArguments, 'image' | 'dryRun'>;

/** `ami-rollout start`: a campaign, watched until it ends. */
export const addStart = (program: Command): void => {
  common(program.command('start'))
    .summary('start a campaign and watch it')
    .description('Starts a campaign as the person that the configuration knows you by, and watches it until it ends.')
    .option('--no-wait', 'only start it; exit code 5')
    .option('--timeout <minutes>', 'watch for so long at most; then exit code 5', wholeNumber(1, 10_080))
    .action(async (target: string, options: Given) => {
      const { runStart } = await import('../campaign/run-start.ts');
      process.exitCode = await runStart({ ...options, image: target, dryRun: false });
    });
};

/** `ami-rollout plan`: a dry run, and what it would change. */
export const addPlan = (program: Command): void => {
  common(program.command('plan'))
    .summary('what a campaign would change: a dry run')
    .description(
      'Runs the gates and makes the plan, and touches nothing: which stacks would move ring by ring, how their\ninstances are replaced, what is left out and why, how long it may take and what it costs.',
    )
    .option('--timeout <minutes>', 'wait for so long at most; then exit code 5', wholeNumber(1, 10_080))
    .action(async (target: string, options: Given) => {
      const { runPlan } = await import('../campaign/run-start.ts');
      process.exitCode = await runPlan({ ...options, image: target, dryRun: true });
    });
};
