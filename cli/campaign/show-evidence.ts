import type { CampaignStatus } from '../api/answers.ts';
import { connect } from '../api/client.ts';
import type { ConnectionOptions } from '../api/connection.ts';
import { ExitCode } from '../exit-code.ts';
import { confirm } from '../rollback/confirm.ts';
import { standardOutput } from '../terminal/terminal.ts';
import { evidenceText } from './evidence-text.ts';

/** Shows what an approval rests on and asks; gives whether to go on, and the plan that was shown. */
export const showEvidence = async (
  campaignId: string,
  ring: string,
  options: ConnectionOptions,
): Promise<{ readonly goOn: boolean; readonly planHash: string | undefined }> => {
  const client = await connect(options);
  const status = await client.call<CampaignStatus>('GET', `/campaigns/${campaignId}`);
  const approval = status.rings.find((one) => one.ring === ring)?.approval ?? null;
  // There is nothing to show: the answer to the decision says why.
  if (approval === null) return { goOn: true, planHash: undefined };
  const terminal = standardOutput();
  terminal.write(evidenceText(status, ring, terminal));
  const goOn = await confirm(`Approve ring ${ring}?`);
  if (!goOn) {
    terminal.write('Nothing was changed.\n');
    process.exitCode = ExitCode.Failed;
  }
  return { goOn, planHash: approval.planHash };
};
