import type { Command } from 'commander';
import { campaignIdOf } from '../campaign/campaign-id.ts';
import type { ConnectionOptions } from '../api/connection.ts';
import { withConnection } from '../api/connection.ts';
import { UsageError } from '../usage-error.ts';
import { wholeNumber } from './whole-number.ts';

const theCampaign = "the campaign: its id, or its execution's ARN";
const theReason = ['--reason <text>', 'why; it is kept in the audit trail'] as const;

const afterwards = `
You decide as the person that the configuration's \`people\` maps your identity to. Nobody decides on a campaign of their
own, and nobody decides twice. On a terminal, approve shows the evidence first and asks. Exit codes: 0 when it was accepted, 1 otherwise.
With --wait: also 0 when nothing is left to decide and the campaign went as you would have had it; 5 when the ring did not ask in time.

Examples:
  $ ami-rollout approve 3f2c9a6e --ring canary --reason "canaries healthy for an hour"
  $ ami-rollout reject 3f2c9a6e --ring canary --reason "error rate doubled"
`;

interface Approval extends ConnectionOptions {
  readonly ring: string;
  readonly reason: string;
  readonly planHash?: string;
  readonly wait?: number;
  readonly yes?: boolean;
}

interface Action extends ConnectionOptions {
  readonly reason: string;
  readonly all?: boolean;
}

const addApproval = (program: Command, decision: 'approve' | 'reject', summary: string, description: string): void => {
  withConnection(program.command(decision))
    .summary(summary)
    .description(description)
    .argument('<campaign>', theCampaign)
    .requiredOption('--ring <ring>', 'the ring that asks for approval')
    .requiredOption(...theReason)
    .option('--plan-hash <hash>', 'decide on exactly this plan')
    .option(
      '--wait <minutes>',
      'wait for so long at most until the ring asks, as a pipeline does',
      wholeNumber(1, 10_080),
    )
    .option('--yes', 'do not show the evidence and ask; without a terminal nobody is asked')
    .addHelpText('after', afterwards)
    .action(async (campaign: string, { ring, reason, planHash, wait, yes, ...options }: Approval) => {
      const { requireReason, runDecision, runWait } = await import('../campaign/run-decision.ts');
      const id = campaignIdOf(campaign);
      if (wait !== undefined) {
        requireReason(reason);
        const code = await runWait(id, ring, decision, wait, options);
        if (code !== null) {
          process.exitCode = code;
          return;
        }
      }
      let plan = planHash;
      if (decision === 'approve' && yes !== true && options.json !== true && process.stdin.isTTY) {
        const { showEvidence } = await import('../campaign/show-evidence.ts');
        const shown = await showEvidence(id, ring, options);
        if (!shown.goOn) return;
        plan ??= shown.planHash;
      }
      const body = { ring, decision, reason, ...(plan === undefined ? {} : { planHash: plan }) };
      process.exitCode = await runDecision(`/campaigns/${id}/approval`, body, options);
    });
};

const addAction = (
  program: Command,
  action: 'halt' | 'resume' | 'abort',
  summary: string,
  all: string | null,
): void => {
  const command = withConnection(program.command(action))
    .summary(summary)
    .description(`${summary.charAt(0).toUpperCase()}${summary.slice(1)}.`)
    .argument(all === null ? '<campaign>' : '[campaign]', theCampaign)
    .requiredOption(...theReason);
  if (all !== null) command.option('--all', all);
  command.action(async (campaign: string | undefined, { reason, all: everything, ...options }: Action) => {
    if ((campaign === undefined) !== (everything === true)) throw new UsageError('name one campaign, or give --all');
    const { runDecision } = await import('../campaign/run-decision.ts');
    const path = campaign === undefined ? `/${action}` : `/campaigns/${campaignIdOf(campaign)}/${action}`;
    process.exitCode = await runDecision(path, { reason }, options);
  });
};

/** The commands by which people decide: `approve`, `reject`, `halt`, `resume`, `abort`. */
export const addDecisions = (program: Command): void => {
  addApproval(
    program,
    'approve',
    'approve a ring: the campaign goes on',
    'Approves a ring that asks for it. When enough people have approved, the campaign goes on.',
  );
  addApproval(
    program,
    'reject',
    'reject a ring: everything touched is put back',
    'Rejects a ring that asks for approval. One rejection is enough: everything touched is put back.',
  );
  addAction(
    program,
    'halt',
    'claim no new stack; what is in flight goes on',
    'halt all campaigns and let no new one in',
  );
  addAction(program, 'resume', 'go on after a halt', 'end the halt of everything');
  addAction(program, 'abort', 'end a campaign: everything touched is put back', null);
};
