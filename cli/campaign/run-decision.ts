import { connect, ApiError } from '../api/client.ts';
import type { ConnectionOptions } from '../api/connection.ts';
import { ExitCode } from '../exit-code.ts';
import { standardOutput } from '../terminal/terminal.ts';
import { UsageError } from '../usage-error.ts';

/** Sends one decision and prints the answer; gives the exit code: 0 when it was accepted. */
export const runDecision = async (
  path: string,
  { reason, ...body }: { readonly reason: string } & Readonly<Record<string, unknown>>,
  options: ConnectionOptions,
): Promise<number> => {
  const why = reason.trim();
  if (why === '') throw new UsageError('--reason is empty: say why, it is kept in the audit trail');
  const client = await connect(options);
  const { write, colors } = standardOutput();
  const print = (accepted: boolean, message: string, answer: object): void =>
    write(
      options.json === true
        ? `${JSON.stringify({ accepted, message, ...answer })}\n`
        : accepted
          ? `${colors.green('✓')} ${message}\n`
          : `${colors.red('✗ not accepted:')} ${message}\n`,
    );
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
