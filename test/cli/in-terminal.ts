import { spawn, spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { stripVTControlCharacters } from 'node:util';

const launcher = fileURLToPath(new URL('../../cli/ami-rollout.mjs', import.meta.url));

/** `script` of util-linux gives a program a terminal. */
export const hasTerminal = spawnSync('script', ['--version']).status === 0;

/** What somebody does at a terminal. */
export interface AtTerminal {
  readonly env?: Readonly<Record<string, string>>;
  /** What is typed once the text is there. */
  readonly answer?: { readonly to: string; readonly type: string };
  /** @default 80 */
  readonly columns?: number;
}

const quoted = (text: string): string => `'${text.replaceAll("'", String.raw`'\''`)}'`;

/** Runs the command line in a terminal of its own; `raw` has its colours. */
export const inTerminal = async (args: readonly string[], { env = {}, answer, columns = 80 }: AtTerminal = {}) => {
  const command = [process.execPath, launcher, ...args].map(quoted).join(' ');
  const child = spawn('script', ['-qefc', `stty cols ${columns} rows 40; ${command}`, '/dev/null'], {
    cwd: fileURLToPath(new URL('../../', import.meta.url)),
    env: { PATH: process.env.PATH, TERM: 'xterm-256color', AWS_EC2_METADATA_DISABLED: 'true', ...env },
  });
  let raw = '';
  let answered = answer === undefined;
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    raw += text;
    if (answered || !raw.includes(answer?.to ?? '')) return;
    answered = true;
    child.stdin.write(`${answer?.type ?? ''}\n`);
  });
  const code = await new Promise<number | null>((resolve) => child.on('close', resolve));
  return { code, raw, text: stripVTControlCharacters(raw).replaceAll('\r\n', '\n') };
};
