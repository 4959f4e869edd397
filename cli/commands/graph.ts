import { type Command, Option } from 'commander';
import type { GraphArguments } from '../graph/run-graph.ts';

const examples = `
The picture comes from the definition that is deployed and rehearsed. Thick arrows: the successful way. Dashed arrows:
where an error goes. Hexagons wait until somebody or something completes them. Retries are left out.

Examples:
  $ ami-rollout graph > campaign.mmd
  $ ami-rollout graph --brief
  $ (echo '\`\`\`mermaid'; ami-rollout graph --machine restore; echo '\`\`\`') >> RUNBOOK.md
`;

/** `ami-rollout graph`: a machine as a Mermaid flowchart. */
export const addGraph = (program: Command): void => {
  program
    .command('graph')
    .summary('draw a state machine as Mermaid')
    .description('Prints a state machine as a Mermaid flowchart, which GitHub and GitLab show as a picture.')
    .addOption(
      new Option('--machine <name>', 'which of the two machines').choices(['campaign', 'restore']).default('campaign'),
    )
    .option('--brief', 'the campaign on one screen: stages, their steps, and where failures lead')
    .option('--config <file>', 'configuration (default: rollout.config.ts here, else the one of the project)')
    .addHelpText('after', examples)
    .action(async (options: GraphArguments) => {
      const { runGraph } = await import('../graph/run-graph.ts');
      process.exitCode = await runGraph(options);
    });
};
