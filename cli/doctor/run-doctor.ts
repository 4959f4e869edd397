import type { Check } from '../../domain/doctor/check.ts';
import type { ConnectionOptions } from '../api/connection.ts';
import { pages } from '../api/pages.ts';
import { ExitCode } from '../exit-code.ts';
import { plural } from '../terminal/plural.ts';
import { standardOutput, type Colors } from '../terminal/terminal.ts';
import { examineHere } from './examine-here.ts';

const marks = {
  ok: (colors: Colors) => colors.green('✓'),
  warning: (colors: Colors) => colors.yellow('!'),
  missing: (colors: Colors) => colors.red('✗'),
} as const;

const lines = ({ subject, check, state, says, mend }: Check, colors: Colors): string =>
  `${marks[state](colors)} ${`${subject}  ${check}`.padEnd(44)}  ${says}\n${mend === null ? '' : `    → ${mend}\n`}`;

/** `ami-rollout doctor`: what is missing for campaigns, and how to mend it; exit code 1 if something is. */
export const runDoctor = async (options: ConnectionOptions): Promise<number> => {
  const { write, colors } = standardOutput();
  const json = options.json === true;
  const all: Check[] = [];
  const add = (check: Check): void => {
    all.push(check);
    if (!json) write(lines(check, colors));
  };
  const { checks, client } = await examineHere(options);
  for (const check of checks) add(check);
  if (client !== null) for await (const check of pages<Check>(client, '/doctor', {}, null)) add(check);
  const missing = all.filter(({ state }) => state === 'missing').length;
  if (json) write(`${JSON.stringify({ ok: missing === 0, checks: all })}\n`);
  else if (missing > 0) write(`\n${colors.red(`${plural(missing, 'check')} of ${all.length} failed.`)}\n`);
  else write(`\n${colors.green('Nothing is missing.')}\n`);
  return missing === 0 ? ExitCode.Done : ExitCode.Failed;
};
