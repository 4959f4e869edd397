import { ExitCode } from '../exit-code.ts';
import { campaignIdOf } from '../signed/campaign-id.ts';
import { functionUrl, signingRegion } from '../signed/function-url.ts';
import { standardOutput } from '../terminal/terminal.ts';
import { UsageError } from '../usage-error.ts';
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

const approvals = {
  variable: 'AMI_ROLLOUT_APPROVAL_URL',
  section: 'approval',
  functionName: 'ami-rollout-decide-approval',
  what: 'approvals',
};

/** Sends one decision and prints the answer; gives the exit code. */
export const runDecision = async (args: DecisionArguments): Promise<number> => {
  const { campaign, decision, ring, planHash, json } = args;
  const reason = args.reason.trim();
  if (reason === '') throw new UsageError('--reason is empty: say why, it is kept in the audit trail');
  const url = await functionUrl(approvals, args.url, args.config);
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
