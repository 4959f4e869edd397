import type { Command } from 'commander';
import type { LintArguments } from '../lint-tags/run-lint.ts';

const examples = `
With --image it calls ec2:DescribeImages with your credentials. Tags are shown to the account that has set them: use
those of the image's owner. --file needs no AWS. A tag by which our own gates have refused one of our images is not held
against it: a campaign judges it anew.

Exit codes: 0 when every image passes, 2 when one is refused, 1 for wrong usage.

Examples:
  $ ami-rollout lint-tags --image ami-0123456789abcdef0
  $ aws ec2 describe-images --owners self > images.json && ami-rollout lint-tags --file images.json
  $ ami-rollout lint-tags --file images.json --json | jq -r '.[] | select(.passed | not) | .reasons[]'
`;

/** `ami-rollout lint-tags`: the verdict of Tag Check, without a campaign. */
export const addLintTags = (program: Command): void => {
  program
    .command('lint-tags')
    .summary('say what Tag Check would say of an image')
    .description(
      "Judges images as gate Tag Check does, by the same rules: state, owner, tags, AWS's limits, and with --promoted the\n" +
        'attributes that must not be lost. Changes nothing.',
    )
    .option('--image <id>', 'the image, looked up in EC2')
    .option('--file <file>', 'output of aws ec2 describe-images (JSON); - reads standard input')
    .option('--family <family>', 'judge by the rules of this family (default: by tag, else by name)')
    .option('--promoted <id>', 'the image in use to compare with; with --file it must be in the file')
    .option('--region <region>', 'the region of the image (default: the hub’s)')
    .option('--config <file>', 'configuration (default: rollout.config.ts here, else the one of the project)')
    .option('--json', 'print [{imageId, passed, reasons}] and nothing else')
    .addHelpText('after', examples)
    .action(async (options: LintArguments) => {
      const { runLint } = await import('../lint-tags/run-lint.ts');
      process.exitCode = await runLint(options);
    });
};
