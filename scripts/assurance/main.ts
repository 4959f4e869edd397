import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { format, resolveConfig } from 'prettier';
import { renderAssurance } from './render.ts';
import { assurance, resultNames, resultSchemas, type Assurance, type ResultName } from './results.ts';

// `npm run assurance`: runs what produces results, and writes docs/assurance.json and docs/assurance.md from them.
const { values } = parseArgs({
  options: {
    /** Names of producers, separated by commas. Default: all. */
    only: { type: 'string' },
    /** Runs nothing: writes the page anew from docs/assurance.json. */
    render: { type: 'boolean', default: false },
    seeds: { type: 'string', default: '1000' },
  },
});

const root = fileURLToPath(new URL('../..', import.meta.url));
const folder = join(root, '.cache', 'assurance');
const stored = join(root, 'docs', 'assurance.json');
const page = join(root, 'docs', 'assurance.md');
const fileOf = (name: ResultName): string => join(folder, `${name}.json`);

/** What produces each result; each leaves it in a file of this name. */
const producers: Readonly<Record<ResultName, readonly string[]>> = {
  simulation: ['simulate', '--', '--seeds', values.seeds, '--json', fileOf('simulation')],
  scenarios: ['unit', '--', '-i', 'test/permissions'],
  'second-interpreter': ['unit', '--', '-i', 'test/second-interpreter'],
  mutants: ['mutants', '--', '--both', '--json', fileOf('mutants')],
  mutation: ['mutation', '--', '--json', fileOf('mutation')],
  load: ['load', '--', '--json', fileOf('load')],
};

const git = (...args: string[]): string => spawnSync('git', args, { cwd: root, encoding: 'utf8' }).stdout.trim();

/** The commit that a run is about. */
const commit = (): string => {
  const head = git('rev-parse', '--short', 'HEAD');
  if (head === '') return 'no commit';
  return git('status', '--porcelain', '--untracked-files=no') === '' ? head : `${head}, changed`;
};

const wanted = values.only?.split(',') ?? resultNames;
const unknown = wanted.filter((name) => !(resultNames as string[]).includes(name));
if (unknown.length > 0) {
  console.error(`--only ${unknown.join(',')}: there is no such producer, only ${resultNames.join(', ')}`);
  process.exit(2);
}

const known: Assurance = existsSync(stored) ? assurance.parse(JSON.parse(readFileSync(stored, 'utf8'))) : {};
const results: Record<string, unknown> = { ...known };
let failed = 0;
if (!values.render) {
  mkdirSync(folder, { recursive: true });
  for (const name of resultNames.filter((one) => wanted.includes(one))) {
    rmSync(fileOf(name), { force: true });
    console.log(`── ${name}`);
    const of = commit();
    const ran = spawnSync(process.execPath, ['--run', ...producers[name]], {
      cwd: root,
      stdio: 'inherit',
      env: { ...process.env, ASSURANCE_FOLDER: folder },
    });
    if (ran.status !== 0) failed += 1;
    if (!existsSync(fileOf(name))) {
      console.error(`${name} has left no result: what is on the page stays as it was`);
      continue;
    }
    const result: unknown = resultSchemas[name].parse(JSON.parse(readFileSync(fileOf(name), 'utf8')));
    results[name] = { at: new Date().toISOString(), commit: of, result };
  }
}
const all = assurance.parse(results);
const written = async (file: string, text: string): Promise<void> =>
  writeFileSync(file, await format(text, { ...(await resolveConfig(file)), filepath: file }));
await written(stored, JSON.stringify(all));
await written(page, renderAssurance(all));
console.log('docs/assurance.md is written');
process.exitCode = failed > 0 ? 1 : 0;
