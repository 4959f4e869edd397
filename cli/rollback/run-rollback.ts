import { setTimeout as sleep } from 'node:timers/promises';
import type { RollbackAnswer } from '../../domain/restore/rollback-answer.ts';
import { ExitCode } from '../exit-code.ts';
import { ApiError, connect, type Client } from '../api/client.ts';
import type { ConnectionOptions } from '../api/connection.ts';
import { campaignIdOf } from '../campaign/campaign-id.ts';
import { standardOutput } from '../terminal/terminal.ts';
import { UsageError } from '../usage-error.ts';
import { confirm } from './confirm.ts';
import { rollbackExitCode } from './rollback-exit-code.ts';
import { previewLines, stateLines } from './rollback-lines.ts';

/** The arguments of `ami-rollout rollback`. */
export interface RollbackArguments extends ConnectionOptions {
  readonly campaign?: string;
  readonly image?: string;
  readonly reason: string;
  readonly yes?: boolean;
  readonly wait: boolean;
  /** Minutes. */
  readonly timeout: number;
}

const lookEverySeconds = 15;

/** What is rolled back, as the API names it. */
const pathOf = ({ campaign, image }: RollbackArguments) => {
  if ((campaign === undefined) === (image === undefined))
    throw new UsageError('say what to roll back: a campaign, or --image with an AMI id, not both');
  if (campaign !== undefined) return `/campaigns/${campaignIdOf(campaign)}/rollback`;
  if (!/^ami-[0-9a-f]{8,17}$/.test(image ?? ''))
    throw new UsageError(`--image: '${image ?? ''}' is no AMI id such as ami-0123456789abcdef0`);
  return `/images/${image ?? ''}/rollback`;
};

const isOver = ({ campaigns }: RollbackAnswer): boolean =>
  campaigns.every((state) => state.outcome !== null || state.case === 'nothing');

/** Asks; a refusal is an answer, too. */
const ask = async (
  client: Client,
  method: 'GET' | 'POST',
  path: string,
  body?: { readonly reason: string },
): Promise<RollbackAnswer> => {
  try {
    const sent = body === undefined ? {} : { body };
    return { accepted: true, ...(await client.call<Omit<RollbackAnswer, 'accepted'>>(method, path, sent)) };
  } catch (error) {
    if (!(error instanceof ApiError) || ![404, 409].includes(error.status)) throw error;
    return { accepted: false, message: error.message, campaigns: [] };
  }
};

/** Looks again until everything has ended or the time is over; `onChange` is told of each new state. */
const follow = async (
  client: Client,
  path: string,
  first: RollbackAnswer,
  minutes: number,
  onChange: (answer: RollbackAnswer) => void,
): Promise<RollbackAnswer> => {
  const until = Date.now() + minutes * 60_000;
  let answer = first;
  let shown = '';
  while (!isOver(answer) && Date.now() < until) {
    await sleep(lookEverySeconds * 1000);
    answer = await ask(client, 'GET', path);
    const now = JSON.stringify(answer.campaigns.map(({ counts, outcome }) => [counts, outcome]));
    if (now !== shown) onChange(answer);
    shown = now;
  }
  return answer;
};

/** Shows what a rollback means, asks for confirmation, begins it, and follows it to its end; gives the exit code. */
export const runRollback = async (args: RollbackArguments): Promise<number> => {
  const reason = args.reason.trim();
  if (reason === '') throw new UsageError('--reason is empty: say why, it is kept in the audit trail');
  const path = pathOf(args);
  const client = await connect(args);
  const { write, colors } = standardOutput();
  const say = (lines: readonly string[]): void => {
    if (args.json !== true) write(`${lines.join('\n')}\n`);
  };
  const finish = (answer: RollbackAnswer, code: number): number => {
    if (args.json === true) write(`${JSON.stringify(answer)}\n`);
    return code;
  };

  const preview = await ask(client, 'GET', path);
  if (!preview.accepted) {
    say([`${colors.red('✗ not accepted:')} ${preview.message}`]);
    return finish(preview, ExitCode.Failed);
  }
  say(preview.campaigns.flatMap((state) => previewLines(state, colors)));
  if (preview.campaigns.every((state) => state.case === 'nothing')) return finish(preview, rollbackExitCode(preview));
  if (args.yes !== true && !(await confirm('Roll back?'))) {
    say(['Nothing was changed.']);
    return ExitCode.Failed;
  }
  const begun = await ask(client, 'POST', path, { reason });
  say([begun.accepted ? `${colors.green('✓')} ${begun.message}` : `${colors.red('✗ not accepted:')} ${begun.message}`]);
  if (!begun.accepted) return finish(begun, ExitCode.Failed);
  if (!args.wait) return finish(begun, rollbackExitCode(begun));
  const last = await follow(client, path, begun, args.timeout, (answer) =>
    say(answer.campaigns.flatMap((state) => stateLines(state, colors))),
  );
  return finish(last, rollbackExitCode(last));
};
