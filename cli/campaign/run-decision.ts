import { connect, ApiError } from '../api/client.ts';
import type { ConnectionOptions } from '../api/connection.ts';
import { patient } from '../api/patient.ts';
import { ExitCode } from '../exit-code.ts';
import { standardOutput } from '../terminal/terminal.ts';
import { UsageError } from '../usage-error.ts';
import { awaitRequest } from './await-request.ts';

const printer =
  ({ json }: ConnectionOptions) =>
  (accepted: boolean, message: string, answer: object): void => {
    const { write, colors } = standardOutput();
    write(
      json === true
        ? `${JSON.stringify({ accepted, message, ...answer })}\n`
        : accepted
          ? `${colors.green('✓')} ${message}\n`
          : `${colors.red('✗ not accepted:')} ${message}\n`,
    );
  };

/** A reason without blanks around it; refuses an empty one before anything is asked or waited for. */
export const requireReason = (reason: string): string => {
  const why = reason.trim();
  if (why === '') throw new UsageError('--reason is empty: say why, it is kept in the audit trail');
  return why;
};

/** Waits until a ring asks; gives null then, and the exit code where there is nothing to decide. */
export const runWait = async (
  campaignId: string,
  ring: string,
  decision: 'approve' | 'reject',
  minutes: number,
  options: ConnectionOptions,
): Promise<number | null> => {
  const request = await awaitRequest(patient(await connect(options)), campaignId, ring, { minutes });
  if (request === 'asks') return null;
  if (request === 'not yet') {
    printer(options)(false, `ring ${ring} has not asked within ${minutes} min; nothing is decided`, {});
    return ExitCode.StillRunning;
  }
  const isSame = request.as === decision;
  printer(options)(isSame, `there is nothing to decide any more: ${request.over}`, {});
  return isSame ? ExitCode.Done : ExitCode.Failed;
};

/** Sends one decision and prints the answer; gives the exit code: 0 when it was accepted. */
export const runDecision = async (
  path: string,
  { reason, ...body }: { readonly reason: string } & Readonly<Record<string, unknown>>,
  options: ConnectionOptions,
): Promise<number> => {
  const why = requireReason(reason);
  const client = await connect(options);
  const print = printer(options);
  try {
    const answer = await client.call<{ readonly message: string }>('POST', path, { body: { ...body, reason: why } });
    print(true, answer.message, answer);
    return ExitCode.Done;
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    print(false, error.message, { status: error.status });
    return ExitCode.Failed;
  }
};
