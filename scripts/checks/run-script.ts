import { spawn } from 'node:child_process';
import type { ScriptRun } from './step.ts';

/** Nothing takes longer unless it hangs. */
const limitMinutes = 9;

/** Runs a script of package.json by Node itself (no npm in between) and keeps what it writes. */
export const runScript = (name: string, args: readonly string[] = []): Promise<ScriptRun> =>
  new Promise((resolve) => {
    const child = spawn(process.execPath, ['--run', name, '--', ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
    const written: string[] = [];
    const end = (ok: boolean, ...last: string[]): void => {
      clearTimeout(limit);
      resolve({ ok, output: [...written, ...last].join('').trim() });
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
