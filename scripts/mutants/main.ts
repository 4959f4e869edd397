import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { mutate, readMutants, type Mutant } from './mutants.ts';

// `npm run mutants`: puts one deliberate fault after the other into a copy of the product and looks who finds it.
const { values } = parseArgs({
  options: {
    /** Part of the names of those to try. */
    only: { type: 'string', default: '' },
    seeds: { type: 'string', default: '60' },
    /** Without the tests: what the simulation finds alone. */
    simulation: { type: 'boolean', default: false },
    /** The tests and the simulation, each alone. */
    both: { type: 'boolean', default: false },
    /** Where the findings go, as JSON. */
    json: { type: 'string' },
  },
});
const root = fileURLToPath(new URL('../..', import.meta.url));
const bound = 10 * 60_000;

const copy = mkdtempSync(join(tmpdir(), 'ami-rollout-mutants-'));
process.on('exit', () => rmSync(copy, { recursive: true, force: true }));
const left = new Set(['node_modules', '.git', '.cache', 'cdk.out', 'coverage']);
cpSync(root, copy, { recursive: true, filter: (path) => !left.has(relative(root, path)) });
symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'));
const definitions = join('.cache', 'definitions');
if (existsSync(join(root, definitions))) cpSync(join(root, definitions), join(copy, definitions), { recursive: true });

const node = (...args: string[]) =>
  spawnSync(process.execPath, ['--disable-warning=ExperimentalWarning', ...args], {
    cwd: copy,
    encoding: 'utf8',
    timeout: bound,
    maxBuffer: 64 * 1024 * 1024,
  });

/** Whether a test fails; a suite that does not even load has found nothing. */
const testsFind = (tests: readonly string[]): boolean => {
  const file = join(copy, 'result.json');
  rmSync(file, { force: true });
  const jest = 'node_modules/jest/bin/jest.js';
  const ran = node('--experimental-vm-modules', jest, '--silent', '--json', `--outputFile=${file}`, ...tests);
  if (!existsSync(file)) throw new Error(`Jest gave no result for ${tests.join(' ')}: ${ran.stderr.slice(-2_000)}`);
  const result = JSON.parse(readFileSync(file, 'utf8')) as { numFailedTests: number; numTotalTests: number };
  if (result.numTotalTests === 0) throw new Error(`no test ran of ${tests.join(' ')}: ${ran.stderr.slice(-2_000)}`);
  return result.numFailedTests > 0;
};

/** The seed and rule by which the simulation finds it; null: it does not. */
const simulationFinds = (): string | null => {
  const ran = node('rehearsal/simulate/main.ts', '--seeds', values.seeds, '--no-shrink', '--first');
  const [found] = /^seed \d+: rule \d+/m.exec(ran.stdout) ?? [];
  if (found !== undefined) return found;
  if (/^\d+ seeds, 0 violations$/m.test(ran.stdout)) return null;
  throw new Error(`the simulation came to no end: ${ran.stderr.slice(-2_000)}`);
};

/** Who finds it: each is asked alone, the simulation only where the tests have not, unless both are asked for. */
interface Finding {
  readonly byTests: boolean | null;
  readonly bySimulation: string | null;
}

const findings = (mutant: Mutant): Finding => {
  const originals = new Map<string, string>();
  try {
    for (const one of mutant.replace) {
      const path = join(copy, one.file);
      const text = readFileSync(path, 'utf8');
      if (!originals.has(path)) originals.set(path, text);
      const faulty = mutate(text, mutant.name, one);
      // What does not parse would be found by everything.
      stripTypeScriptTypes(faulty);
      writeFileSync(path, faulty);
    }
    const byTests = values.simulation ? null : testsFind(mutant.tests);
    return { byTests, bySimulation: byTests === true && !values.both ? null : simulationFinds() };
  } finally {
    for (const [path, text] of originals) writeFileSync(path, text);
  }
};

const mutants = readMutants(join(root, 'test', 'mutants', 'mutants.yaml')).filter(({ name }) =>
  name.includes(values.only),
);
let survived = 0;
const found: (Finding & { readonly name: string })[] = [];
for (const mutant of mutants) {
  const began = performance.now();
  const by = findings(mutant);
  found.push({ name: mutant.name, ...by });
  const isKilled = by.byTests === true || by.bySimulation !== null;
  if (!isKilled) survived += 1;
  const seconds = ((performance.now() - began) / 1000).toFixed(0);
  console.log(
    `${isKilled ? 'killed  ' : 'SURVIVED'}  ${seconds.padStart(4)} s  ${by.byTests === true ? 'tests' : '     '}  ${mutant.name.padEnd(62)}  ${by.bySimulation ?? ''}`,
  );
}
if (values.json !== undefined) {
  mkdirSync(dirname(values.json), { recursive: true });
  writeFileSync(values.json, `${JSON.stringify({ seeds: Number(values.seeds), mutants: found }, null, 2)}\n`);
}
console.log(`${mutants.length} mutants, ${survived} survived`);
process.exitCode = survived > 0 || mutants.length === 0 ? 1 : 0;
