import { CommanderError } from 'commander';
import { ExitCode } from './exit-code.ts';

/** Errors whose message is written for the user; by name, because their modules need not be loaded for it. */
const forTheUser = new Set(['UsageError', 'ScenarioError', 'ConfigurationError', 'InvalidTemplate']);

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file or folder',
  EACCES: 'permission denied',
  EISDIR: 'it is a folder, not a file',
  ENOTDIR: 'a part of the path is not a folder',
  ENOSPC: 'the disk is full',
  EROFS: 'the disk cannot be written',
};

const isFileError = (error: Error): error is NodeJS.ErrnoException & { path: string; code: string } =>
  'code' in error && typeof error.code === 'string' && error.code in reasons && 'path' in error;

/** Tells why a command failed, and gives the exit code for it. */
export const reportFailure = (error: unknown, write: (text: string) => void): number => {
  // Commander has written its message, or the help that was asked for, before it threw.
  if (error instanceof CommanderError) return error.exitCode === 0 ? ExitCode.Done : ExitCode.Failed;
  if (!(error instanceof Error)) {
    write(`error: ${String(error)}\n`);
  } else if (forTheUser.has(error.name)) {
    write(`error: ${error.message}\n`);
  } else if (isFileError(error)) {
    write(`error: ${error.path}: ${reasons[error.code] ?? error.code}\n`);
  } else if (process.env['AMI_ROLLOUT_DEBUG'] === undefined) {
    write(`error: ${error.name}: ${error.message}\n(unexpected; AMI_ROLLOUT_DEBUG=1 shows where it happened)\n`);
  } else {
    write(`${error.stack ?? error.message}\n`);
  }
  return ExitCode.Failed;
};
