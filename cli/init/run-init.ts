import { existsSync, writeFileSync } from 'node:fs';
import { ExitCode } from '../exit-code.ts';
import { standardOutput } from '../terminal/terminal.ts';
import { UsageError } from '../usage-error.ts';
import type { Answers } from './answers.ts';
import { configImport } from './config-import.ts';
import { configurationText } from './configuration-text.ts';
import { questions } from './questions.ts';

/** The options of `ami-rollout init`. */
export interface InitArguments extends Partial<Answers> {
  readonly out: string;
  readonly yes?: boolean;
  readonly force?: boolean;
}

/** Nobody can be these: until they are replaced, nobody can approve, and a campaign is put back. */
const placeholders = 'ana@example.com,ben@example.com';

const checked = (answers: Partial<Answers>): Partial<Answers> => {
  for (const { name, check } of questions) {
    const wrong = answers[name] === undefined ? undefined : check(answers[name]);
    if (wrong !== undefined) throw new UsageError(`--${name}: ${wrong}`);
  }
  return answers;
};

const withFallbacks = (given: Partial<Answers>): Answers => {
  const answers: Partial<Record<keyof Answers, string>> = { ...given };
  for (const { name, value, asks, fallback } of questions) {
    const answer = answers[name] ?? fallback(answers) ?? (name === 'people' ? placeholders : null);
    if (answer === null) throw new UsageError(`give --${name} <${value}>: ${asks}`);
    answers[name] = answer;
  }
  return checked(answers) as Answers;
};

const givenIn = (args: InitArguments): Partial<Answers> =>
  Object.fromEntries(questions.flatMap(({ name }) => (args[name] === undefined ? [] : [[name, args[name].trim()]])));

/** Writes a configuration from answers; gives the exit code. */
export const runInit = async (args: InitArguments): Promise<number> => {
  const { out, yes = false, force = false } = args;
  if (!force && existsSync(out))
    throw new UsageError(`${out} is there already: --force overwrites it, --out writes another file`);
  const given = checked(givenIn(args));
  const asking = !yes && process.stdin.isTTY && process.stdout.isTTY;
  if (!asking && !yes) throw new UsageError('there is no terminal to ask at: give --yes, and options for the answers');
  const said = asking ? await (await import('./ask.ts')).ask(questions, given, out) : given;
  const answers = withFallbacks(said);
  writeFileSync(out, configurationText(answers, configImport(out)), { flag: force ? 'w' : 'wx' });
  const terminal = standardOutput();
  const { bold, dim, yellow } = terminal.colors;
  const option = out === 'rollout.config.ts' ? '' : ` --config ${out}`;
  const next = (command: string, what: string): string => `  ami-rollout ${command}${option}\n    ${dim(what)}\n`;
  terminal.write(
    [
      `${bold(out)} is written.\n`,
      said.people === undefined
        ? yellow(`Put the people who approve in the place of ${placeholders.replace(',', ' and ')}.\n`)
        : '',
      'Next:\n',
      next('rehearse', 'a whole campaign over it in virtual time, without AWS'),
      next('inventory --out fleet.json', 'your opted-in stacks as they stand'),
    ].join(''),
  );
  return ExitCode.Done;
};
