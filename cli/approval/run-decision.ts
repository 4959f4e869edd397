import { ExitCode } from '../exit-code.ts';
import { standardOutput } from '../terminal/terminal.ts';
import { UsageError } from '../usage-error.ts';
import { approvalUrl, signingRegion } from './approval-url.ts';
import { sendDecision } from './send-decision.ts';

/** The arguments of `ami-rollout approve` and `ami-rollout reject`. */
export interface DecisionArguments {
  readonly campaign: string;
  readonly decision: 'approve' | 'reject';
  readonly ring: string;
  readonly reason: string;
  readonly planHash?: string;
  readonly url?: string;
  readonly region?: string;
  readonly config?: string;
  readonly json?: boolean;
}

/** `arn:aws:states:…:execution:ami-rollout-campaign:3f2c` → `3f2c`: what the console offers to copy. */
const campaignIdOf = (campaign: string): string => campaign.split(':').at(-1) ?? campaign;

/** Sends one decision and prints the answer; gives the exit code. */
export const runDecision = async (args: DecisionArguments): Promise<number> => {
  const { campaign, decision, ring, planHash, json } = args;
  const reason = args.reason.trim();
  if (reason === '') throw new UsageError('--reason is empty: say why, it is kept in the audit trail');
  const url = await approvalUrl(args.url, args.config);
  const body = JSON.stringify({
    campaignId: campaignIdOf(campaign),
    ring,
    decision,
    reason,
    ...(planHash === undefined ? {} : { planHash }),
  });
  const answer = await sendDecision({ url, region: signingRegion(args.region, url), body });
  const { write, colors } = standardOutput();
  const { accepted, message } = answer;
  if (json === true) write(`${JSON.stringify(answer)}\n`);
  else write(accepted ? `${colors.green('✓')} ${message}\n` : `${colors.red('✗ not accepted:')} ${message}\n`);
  return accepted ? ExitCode.Done : ExitCode.Failed;
};
