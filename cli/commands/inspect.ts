import type { Command } from 'commander';
import type { InspectArguments } from '../inspect/run-inspect.ts';

const examples = `
Exit codes: 0 when the template could be inspected, whether or not it can take part; 1 when it cannot be read.

Examples:
  $ ami-rollout inspect template.yaml
  $ ami-rollout inspect template.yaml --parameter WebImageId
  $ aws cloudformation get-template --stack-name web --query TemplateBody --output text | ami-rollout inspect -
`;

/** `ami-rollout inspect`: what a rollout could do with stacks of a template. */
export const addInspect = (program: Command): void => {
  program
    .command('inspect')
    .summary('say whether stacks of a template can take part')
    .description(
      'Says which parameter sets the image of a CloudFormation template, how its instances are replaced, and whether its\n' +
        'stacks can take part in a rollout; if not, what to change.',
    )
    .argument('<template>', 'a template, YAML or JSON; - reads standard input')
    .option(
      '--parameter <name>',
      'the image parameter, where there are several (on stacks: the tag ami-rollout:parameter)',
    )
    .option('--json', 'print one JSON object and nothing else')
    .addHelpText('after', examples)
    .action(async (template: string, options: Omit<InspectArguments, 'template'>) => {
      const { runInspect } = await import('../inspect/run-inspect.ts');
      process.exitCode = await runInspect({ ...options, template });
    });
};
