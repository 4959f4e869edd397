import type { Command } from 'commander';
import type { InventoryArguments } from '../inventory/run-inventory.ts';

const examples = `
It only reads: cloudformation:DescribeStacks, autoscaling:DescribeAutoScalingGroups, ec2:DescribeInstances, and
cloudformation:GetTemplate with --templates. Your own account is read with your credentials as every AWS tool finds
them, the others with a role there. The role that the spoke stack makes trusts the hub's functions and nobody else:
give --role a role that trusts you.

Exit codes: 0 when at least one target was read; 1 when none was, or for wrong usage.

Examples:
  $ ami-rollout inventory --out fleet.json
  $ ami-rollout inventory --out fleet.json --role ReadOnly --templates
  $ ami-rollout inventory --out fleet.json --json | jq -r '.leftOut[] | [.stackName, .reason] | @tsv'
  $ ami-rollout rehearse --from fleet.json        # a campaign over this fleet, in virtual time
`;

/** `ami-rollout inventory`: the opted-in stacks as they stand, in a file. */
export const addInventory = (program: Command): void => {
  program
    .command('inventory')
    .summary('list the stacks that take part, as they stand, into a file')
    .description(
      'Lists every opted-in stack of all targets: mode, ring, image and the images that its instances run; those that ' +
        'no campaign could move, with the reason; targets that cannot be read. Changes nothing.',
    )
    .requiredOption('--out <file>', 'the file to write (JSON)')
    .option('--config <file>', 'configuration (default: rollout.config.ts here, else the one of the project)')
    .option('--family <family>', 'only stacks of this family (default: all families of the configuration)')
    .option('--role <name>', 'the role to take in other accounts (default: targets.roleName of the configuration)')
    .option('--no-instances', 'do not ask which images the instances run')
    .option('--templates', 'read the templates: how instances are replaced, what a claim would refuse; a call a stack')
    .option('--json', 'print the document instead of a summary')
    .addHelpText('after', examples)
    .action(async (options: InventoryArguments) => {
      const { runInventory } = await import('../inventory/run-inventory.ts');
      process.exitCode = await runInventory(options);
    });
};
