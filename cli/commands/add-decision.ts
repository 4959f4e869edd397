import type { Command } from 'commander';
import type { DecisionArguments } from '../approval/run-decision.ts';

/** What `approve` and `reject` say about themselves. */
export interface DecisionWords {
  readonly decision: 'approve' | 'reject';
  readonly summary: string;
  readonly description: string;
  readonly exampleReason: string;
}

const help = ({ decision, exampleReason }: DecisionWords): string => `
The request is signed with your AWS credentials (AWS_PROFILE, SSO, environment, …): you decide as the person that the
configuration's \`people\` maps your identity to. Nobody decides on a campaign of their own, and nobody decides twice.

Exit codes: 0 when the decision was accepted, 1 otherwise.

Examples:
  $ ami-rollout ${decision} 3f2c9a6e --ring canary --reason "${exampleReason}"
  $ AWS_PROFILE=tooling ami-rollout ${decision} 3f2c9a6e --ring canary --reason "${exampleReason}" \\
      --url https://abc123.lambda-url.eu-west-1.on.aws/
`;

/** `approve` and `reject` differ in their words only. */
export const addDecision = (program: Command, words: DecisionWords): void => {
  program
    .command(words.decision)
    .summary(words.summary)
    .description(words.description)
    .argument('<campaign>', "the campaign: its id, or its execution's ARN")
    .requiredOption('--ring <ring>', 'the ring that asks for approval')
    .requiredOption('--reason <text>', 'why; it is kept in the audit trail')
    .option('--plan-hash <hash>', 'decide on exactly this plan')
    .option('--url <url>', "the approvals' function URL (default: AMI_ROLLOUT_APPROVAL_URL, else the configuration)")
    .option('--region <region>', "the function's region (default: as the URL says)")
    .option('--config <file>', 'configuration (default: rollout.config.ts here, else the one of the project)')
    .option('--json', 'print the answer as one JSON object')
    .addHelpText('after', help(words))
    .action(async (campaign: string, options: Omit<DecisionArguments, 'campaign' | 'decision'>) => {
      const { runDecision } = await import('../approval/run-decision.ts');
      process.exitCode = await runDecision({ ...options, campaign, decision: words.decision });
    });
};
