import type { CampaignStatus, CampaignSummary, Page } from '../api/answers.ts';
import { connect } from '../api/client.ts';
import type { ConnectionOptions } from '../api/connection.ts';
import { patient } from '../api/patient.ts';
import { exitCodeOf, ExitCode } from '../exit-code.ts';
import { standardOutput } from '../terminal/terminal.ts';
import { campaignIdOf } from './campaign-id.ts';
import { campaignTable, statusText } from './status-text.ts';
import { watch } from './watch.ts';

/** `ami-rollout status`: one campaign, or the latest ones. */
export const runStatus = async (campaign: string | undefined, options: ConnectionOptions): Promise<number> => {
  const client = await connect(options);
  const terminal = standardOutput();
  if (campaign === undefined) {
    const running = await client.call<Page<CampaignSummary>>('GET', '/campaigns', {
      query: { state: 'running', limit: 50 },
    });
    const ended = await client.call<Page<CampaignSummary>>('GET', '/campaigns', {
      query: { state: 'ended', limit: 20 },
    });
    const items = [...running.items, ...ended.items];
    terminal.write(options.json === true ? `${JSON.stringify(items)}\n` : campaignTable(items, terminal));
    return ExitCode.Done;
  }
  const status = await client.call<CampaignStatus>('GET', `/campaigns/${campaignIdOf(campaign)}`);
  terminal.write(options.json === true ? `${JSON.stringify(status)}\n` : statusText(status, terminal));
  return status.outcome === null ? ExitCode.StillRunning : exitCodeOf(status.outcome);
};

/** `ami-rollout watch`: until the campaign ends. */
export const runWatch = async (
  campaign: string,
  options: ConnectionOptions & { readonly timeout?: number },
): Promise<number> =>
  watch(patient(await connect(options)), campaignIdOf(campaign), standardOutput(), {
    json: options.json === true,
    timeoutMinutes: options.timeout ?? null,
  });
