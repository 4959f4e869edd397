import { randomUUID } from 'node:crypto';
import { connect, type Client } from '../api/client.ts';
import type { ConnectionOptions } from '../api/connection.ts';
import { patient } from '../api/patient.ts';
import type { CampaignStatus } from '../api/answers.ts';
import { exitCodeOf, ExitCode } from '../exit-code.ts';
import { standardOutput } from '../terminal/terminal.ts';
import { planText, type Plan } from './plan-text.ts';
import { statusText } from './status-text.ts';
import { watch } from './watch.ts';

/** The arguments of `ami-rollout start` and `ami-rollout plan`. */
export interface StartArguments extends ConnectionOptions {
  readonly image: string;
  readonly imageRegion?: string;
  readonly family?: string;
  readonly environment?: readonly string[];
  readonly reason?: string;
  readonly allowOlder?: boolean;
  readonly allowRevoked?: boolean;
  readonly key?: string;
  readonly dryRun: boolean;
  readonly wait?: boolean;
  readonly timeout?: number;
}

interface Started {
  readonly campaignId: string;
  readonly starter: string;
}

const start = (client: Client, args: StartArguments): Promise<Started> =>
  client.call<Started>('POST', '/campaigns', {
    headers: { 'idempotency-key': args.key ?? randomUUID() },
    body: {
      imageId: args.image,
      ...(args.imageRegion === undefined ? {} : { region: args.imageRegion }),
      ...(args.family === undefined ? {} : { family: args.family }),
      ...(args.environment === undefined ? {} : { environments: args.environment }),
      ...(args.reason === undefined ? {} : { reason: args.reason }),
      ...(args.allowOlder === true ? { allowOlder: true } : {}),
      ...(args.allowRevoked === true ? { allowRevoked: true } : {}),
      ...(args.dryRun ? { dryRun: true } : {}),
    },
  });

/** Starts a campaign and watches it; gives the exit code. */
export const runStart = async (args: StartArguments): Promise<number> => {
  const client = patient(await connect(args));
  const terminal = standardOutput();
  const json = args.json === true;
  const started = await start(client, args);
  if (json) terminal.write(`${JSON.stringify(started)}\n`);
  else
    terminal.write(
      `Campaign ${terminal.colors.bold(started.campaignId)} was started by ${started.starter}.\n` +
        (started.starter === 'unknown'
          ? 'The configuration knows nobody by your identity: two people must approve.\n'
          : ''),
    );
  if (args.wait === false) return ExitCode.StillRunning;
  return watch(client, started.campaignId, terminal, { json, timeoutMinutes: args.timeout ?? null });
};

const noPlan = (campaignId: string): Plan & { readonly campaignId: string; readonly planHash: string } => ({
  campaignId,
  planHash: '',
  rings: [],
  skipped: [],
  minutes: 0,
  costUsd: 0,
});

/** Makes a dry run and prints its plan; gives the exit code. */
export const runPlan = async (args: StartArguments): Promise<number> => {
  const client = patient(await connect(args));
  const terminal = standardOutput();
  const { campaignId } = await start(client, args);
  const silent = { ...terminal, write: () => undefined };
  const code = await watch(client, campaignId, silent, { json: true, timeoutMinutes: args.timeout ?? null });
  if (code === ExitCode.StillRunning) {
    if (args.json !== true) terminal.write(`the dry run is still running: ami-rollout watch ${campaignId}\n`);
    return code;
  }
  const status = await client.call<CampaignStatus>('GET', `/campaigns/${campaignId}`);
  // Refused by a gate, a duplicate, nothing to do: then there is no plan, and the status says why.
  const plan =
    status.planHash === '' ? noPlan(campaignId) : await client.call<Plan>('GET', `/campaigns/${campaignId}/plan`);
  if (args.json === true) terminal.write(`${JSON.stringify({ ...plan, status })}\n`);
  else terminal.write(status.planHash === '' ? statusText(status, terminal) : planText(plan, status, terminal));
  return exitCodeOf(status.outcome ?? '');
};
