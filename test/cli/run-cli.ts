import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

export interface CliResult {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface CliOptions {
  readonly env?: Readonly<Record<string, string>>;
  readonly input?: string;
  /** Options of Node itself. */
  readonly node?: readonly string[];
}

const launcher = fileURLToPath(new URL('../../cli/ami-rollout.mjs', import.meta.url));

/** Starts the command line as a shell would, without a terminal. */
export const startCli = (args: readonly string[], { env = {}, node = [] }: CliOptions = {}) =>
  spawn(process.execPath, [...node, launcher, ...args], {
    cwd: fileURLToPath(new URL('../../', import.meta.url)),
    env: { PATH: process.env.PATH, NO_COLOR: '1', AWS_EC2_METADATA_DISABLED: 'true', ...env },
  });

/** Runs the command line to its end. */
export const runCli = async (args: readonly string[], options: CliOptions = {}): Promise<CliResult> => {
  const child = startCli(args, options);
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  child.stdin.end(options.input ?? '');
  const code = await new Promise<number | null>((resolve) => child.on('close', resolve));
  return { code, stdout, stderr };
};
