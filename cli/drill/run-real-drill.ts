import { randomUUID } from 'node:crypto';
import type { CampaignStatus } from '../api/answers.ts';
import { connect } from '../api/client.ts';
import type { ConnectionOptions } from '../api/connection.ts';
import { watch } from '../campaign/watch.ts';
import { ExitCode } from '../exit-code.ts';
import { standardOutput } from '../terminal/terminal.ts';

/** The options of `ami-rollout drill --real`. */
export interface RealDrillArguments extends ConnectionOptions {
  readonly stack?: string;
  readonly image?: string;
  readonly imageRegion?: string;
  readonly reason?: string;
  readonly key?: string;
  readonly wait?: boolean;
  readonly timeout?: number;
}

interface Started {
  readonly campaignId: string;
  readonly starter: string;
}

/** Drills a designated stack for real, and watches it until it is back; gives the exit code. */
export const runRealDrill = async (args: RealDrillArguments): Promise<number> => {
  const client = await connect(args);
  const terminal = standardOutput();
  const json = args.json === true;
  const started = await client.call<Started>('POST', '/drills', {
    headers: { 'idempotency-key': args.key ?? randomUUID() },
    body: {
      ...(args.stack === undefined ? {} : { stack: args.stack }),
      ...(args.image === undefined ? {} : { imageId: args.image }),
      ...(args.imageRegion === undefined ? {} : { region: args.imageRegion }),
      ...(args.reason === undefined ? {} : { reason: args.reason }),
    },
  });
  terminal.write(
    json
      ? `${JSON.stringify(started)}\n`
      : `Drill ${terminal.colors.bold(started.campaignId)} was started by ${started.starter}; it ends RESTORED by design.\n`,
  );
  if (args.wait === false) return ExitCode.StillRunning;
  const code = await watch(client, started.campaignId, terminal, { json, timeoutMinutes: args.timeout ?? null });
  if (code !== ExitCode.Restored) return code;
  const { drill } = await client.call<CampaignStatus>('GET', `/campaigns/${started.campaignId}`);
  return drill?.result?.succeeded === true ? ExitCode.Done : ExitCode.Restored;
};
