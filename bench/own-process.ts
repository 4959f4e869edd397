import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/**
 * Runs one of the bench's files in a fresh process and gives the JSON that it prints.
 *
 * @param flags - For Node.
 */
export const ownProcess = (
  file: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv = process.env,
  flags: readonly string[] = [],
): unknown =>
  JSON.parse(
    execFileSync(
      process.execPath,
      ['--disable-warning=ExperimentalWarning', ...flags, fileURLToPath(new URL(file, import.meta.url)), ...args],
      { encoding: 'utf8', env, maxBuffer: 64 * 1024 * 1024, stdio: ['ignore', 'pipe', 'inherit'] },
    ),
  );
