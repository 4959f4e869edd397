import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { format, resolveConfig } from 'prettier';
import { commitOf, isOf } from './commit.ts';
import { renderAssurance } from './render.ts';
import { assurance, resultNames, resultSchemas, type Assurance, type ResultName } from './results.ts';

// `npm run assurance`: runs what produces results, and writes docs/assurance.json and docs/assurance.md from them.
const { values } = parseArgs({
  options: {
    /** Names of producers, separated by commas. Default: all. */
    only: { type: 'string' },
    /** Leaves out what has run at this commit already. */
    resume: { type: 'boolean', default: false },
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
  scenarios: ['unit', '--', '-i', 'test/permissions/permissions.test.ts'],
  'second-interpreter': ['unit', '--', '-i', 'test/second-interpreter'],
  mutants: ['mutants', '--', '--both', '--json', fileOf('mutants')],
  mutation: ['mutation', '--', '--json', fileOf('mutation')],
  load: ['load', '--', '--json', fileOf('load')],
};

const wanted = values.only?.split(',') ?? resultNames;
const unknown = wanted.filter((name) => !(resultNames as string[]).includes(name));
if (unknown.length > 0) {
  console.error(`--only ${unknown.join(',')}: there is no such producer, only ${resultNames.join(', ')}`);
  process.exit(2);
}

const written = async (file: string, text: string): Promise<void> =>
  writeFileSync(file, await format(text, { ...(await resolveConfig(file)), filepath: file }));

let results: Assurance = existsSync(stored) ? assurance.parse(JSON.parse(readFileSync(stored, 'utf8'))) : {};
/** After each section: whoever is interrupted has lost one. */
const keep = async (): Promise<void> => {
  await written(stored, JSON.stringify(results));
  await written(page, renderAssurance(results));
};

/** Runs one producer and takes what it leaves; says why it could not. */
const run = (name: ResultName, seconds: (began: number) => number): string | null => {
  rmSync(fileOf(name), { force: true });
  const commit = commitOf(root);
  const began = performance.now();
  const ran = spawnSync(process.execPath, ['--run', ...producers[name]], {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, ASSURANCE_FOLDER: folder },
  });
  if (!existsSync(fileOf(name))) return 'it has left no result: what is on the page stays as it was';
  const read = resultSchemas[name].safeParse(JSON.parse(readFileSync(fileOf(name), 'utf8')));
  if (!read.success) return `its result cannot be read: ${read.error.message}`;
  const stamped = { at: new Date().toISOString(), commit, seconds: seconds(began), result: read.data };
  results = assurance.parse({ ...results, [name]: stamped });
  return ran.status === 0 ? null : 'it has ended with an error, and the page says what it found';
};

const failed: string[] = [];
if (!values.render) {
  mkdirSync(folder, { recursive: true });
  for (const name of resultNames.filter((one) => wanted.includes(one))) {
    if (values.resume && isOf(results[name], commitOf(root))) {
      console.log(`── ${name} has run at this commit`);
      continue;
    }
    console.log(`── ${name}`);
    const why = run(name, (began) => Math.round((performance.now() - began) / 1000));
    if (why !== null) failed.push(`${name}: ${why}`);
    await keep();
    console.log(`── ${name} took ${results[name]?.seconds ?? 0} s`);
  }
}
await keep();
for (const one of failed) console.error(one);
console.log('docs/assurance.md is written');
process.exitCode = failed.length > 0 ? 1 : 0;
