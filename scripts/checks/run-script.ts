import { spawn } from 'node:child_process';
import type { ScriptRun } from './step.ts';

/** Nothing takes longer unless it hangs. */
const limitMinutes = 45;

/** Tools write to a pipe here: whether there are colours is for the terminal behind it to decide. */
const environment = (): NodeJS.ProcessEnv => {
  const { FORCE_COLOR: _force, NO_COLOR: _no, ...rest } = process.env;
  return { ...rest, ...(process.stdout.isTTY ? { FORCE_COLOR: '1' } : { NO_COLOR: '1' }) };
};

/** Runs a script of package.json by Node itself (no npm in between) and keeps what it writes. */
export const runScript = (name: string, args: readonly string[] = []): Promise<ScriptRun> =>
  new Promise((resolve) => {
    const child = spawn(process.execPath, ['--run', name, '--', ...args], {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: environment(),
    });
    const written: string[] = [];
    const end = (ok: boolean, why: string): void => {
      clearTimeout(limit);
      resolve({ ok, output: [...written, why].join('').trim() });
    };
    const limit = setTimeout(() => {
      child.kill();
      end(false, `\n${name} did not end within ${limitMinutes} minutes.`);
    }, limitMinutes * 60_000);
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (text: string) => written.push(text));
    child.on('error', ({ message }) => end(false, `\n${message}`));
    child.on('close', (code, signal) => end(code === 0, signal === null ? '' : `\n${name} was ended by ${signal}.`));
  });
