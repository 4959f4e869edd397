import type { CampaignEvent } from '../api/answers.ts';
import { ApiError, type Client } from '../api/client.ts';
import { exitCodeOf, ExitCode } from '../exit-code.ts';
import { LiveArea } from '../terminal/live-area.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { findCampaign } from './find-campaign.ts';
import { ringLines, statusText } from './status-text.ts';

/** How a campaign is watched. */
export interface WatchOptions {
  readonly json: boolean;
  /** Null: until it ends. */
  readonly timeoutMinutes: number | null;
  /** @default 2000 */
  readonly intervalMilliseconds?: number;
}

const pause = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** The events that a watcher is shown; every step of every stack would hide them. */
const isWorthALine = ({ stack, what }: CampaignEvent): boolean =>
  stack === null || ['failed', 'skipped', 'restored', 'quarantined'].includes(what);

const line = ({ at, who, what, why, stack }: CampaignEvent): string =>
  `${at.slice(11, 19)}  ${stack === null ? who : `${stack.name} (${stack.account}/${stack.region})`}: ${what}${why === '' ? '' : ` — ${why}`}\n`;

/** Shows what happens until the campaign ends; gives the exit code of its outcome. */
export const watch = async (
  client: Client,
  campaignId: string,
  terminal: Terminal,
  { json, timeoutMinutes, intervalMilliseconds = 2_000 }: WatchOptions,
): Promise<number> => {
  const until = timeoutMinutes === null ? Infinity : performance.now() + timeoutMinutes * 60_000;
  const unknownUntil = performance.now() + 30_000;
  const live = terminal.columns === null || json ? null : new LiveArea(terminal);
  let after: string | undefined;
  for (;;) {
    const status = await findCampaign(client, campaignId);
    if (status === null && performance.now() > unknownUntil)
      throw new ApiError(404, `there is no campaign ${campaignId}: look at its id with \`ami-rollout status\``);
    if (status !== null) {
      for (;;) {
        const query = { limit: 200, after };
        const page: { items: readonly CampaignEvent[]; next: string | null; more: boolean } = await client.call(
          'GET',
          `/campaigns/${campaignId}/events`,
          { query },
        );
        for (const event of page.items.filter(isWorthALine)) {
          if (json) terminal.write(`${JSON.stringify(event)}\n`);
          else if (live) live.print(line(event));
          else terminal.write(line(event));
        }
        after = page.next ?? undefined;
        if (!page.more) break;
      }
      live?.show(() => ringLines(status, terminal));
      if (status.outcome !== null) {
        live?.clear();
        terminal.write(json ? `${JSON.stringify(status)}\n` : statusText(status, terminal));
        return exitCodeOf(status.outcome);
      }
    }
    if (performance.now() >= until) {
      live?.clear();
      if (!json) terminal.write(`still running; go on with: ami-rollout watch ${campaignId}\n`);
      return ExitCode.StillRunning;
    }
    await pause(intervalMilliseconds);
  }
};
