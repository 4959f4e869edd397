import { CommanderError } from 'commander';
import { ExitCode } from './exit-code.ts';

/** Errors whose message is written for the user; by name, because their modules need not be loaded for it. */
const forTheUser = new Set([
  'UsageError',
  'ApiError',
  'ScenarioError',
  'ConfigurationError',
  'InvalidTemplate',
  'InventoryError',
  'StartEventError',
]);

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file or folder',
  EACCES: 'permission denied',
  EISDIR: 'it is a folder, not a file',
  ENOTDIR: 'a part of the path is not a folder',
  ENOSPC: 'the disk is full',
  EROFS: 'the disk cannot be written',
};

/** Reading a folder fails without a path; the command line names it then. */
const fileError = (error: Error): string | null => {
  const { code = '', path = 'the path given' } = error as NodeJS.ErrnoException;
  return Object.hasOwn(reasons, code) ? `${path}: ${reasons[code] ?? code}` : null;
};

/** Tells why a command failed, and gives the exit code for it. */
export const reportFailure = (error: unknown, write: (text: string) => void): number => {
  // Commander has written its message, or the help that was asked for, before it threw.
  if (error instanceof CommanderError) return error.exitCode === 0 ? ExitCode.Done : ExitCode.Failed;
  const { name, message, stack } = error instanceof Error ? error : new Error(String(error), { cause: error });
  const fileProblem = error instanceof Error ? fileError(error) : null;
  if (forTheUser.has(name)) write(`error: ${message}\n`);
  else if (fileProblem !== null) write(`error: ${fileProblem}\n`);
  else if (process.env.AMI_ROLLOUT_DEBUG !== undefined) write(`${stack ?? message}\n`);
  else write(`error: ${name}: ${message}\n(unexpected; AMI_ROLLOUT_DEBUG=1 shows where it happened)\n`);
  return ExitCode.Failed;
};
