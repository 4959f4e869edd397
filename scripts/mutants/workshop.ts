import { execFile } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { mutate, type Mutant } from './mutants.ts';

/** Longest that tests or a simulation may take with a fault in them. */
const bound = 10 * 60_000;
/** What a copy of the product does without. */
const left = new Set(['node_modules', '.git', '.cache', 'cdk.out', 'coverage', 'dist']);
const definitions = join('.cache', 'definitions');

/** A copy of the product, into which one fault after the other is put. */
export class Workshop {
  readonly #folder = mkdtempSync(join(tmpdir(), 'ami-rollout-mutants-'));
  readonly #leave = (): void => rmSync(this.#folder, { recursive: true, force: true });

  constructor(root: string) {
    process.on('exit', this.#leave);
    cpSync(root, this.#folder, { recursive: true, filter: (path) => !left.has(relative(root, path)) });
    symlinkSync(join(root, 'node_modules'), join(this.#folder, 'node_modules'));
    // Synthesizing takes longer than many a simulation; they are keyed by what they are made of.
    if (existsSync(join(root, definitions)))
      cpSync(join(root, definitions), join(this.#folder, definitions), { recursive: true });
  }

  /** Does something with the fault in the copy, and takes it out again. */
  async with<T>(mutant: Mutant, work: () => Promise<T>): Promise<T> {
    const originals = new Map<string, string>();
    try {
      for (const one of mutant.replace) {
        const path = join(this.#folder, one.file);
        const text = readFileSync(path, 'utf8');
        if (!originals.has(path)) originals.set(path, text);
        const faulty = mutate(text, mutant.name, one);
        // What does not parse would be found by everything.
        stripTypeScriptTypes(faulty);
        writeFileSync(path, faulty);
      }
      return await work();
    } finally {
      for (const [path, text] of originals) writeFileSync(path, text);
    }
  }

  /** Whether a test fails; a suite that does not even load has found nothing. */
  async testsFind(tests: readonly string[]): Promise<boolean> {
    const file = join(this.#folder, 'result.json');
    rmSync(file, { force: true });
    const jest = 'node_modules/jest/bin/jest.js';
    const options = ['-i', '--silent', '--json', `--outputFile=${file}`];
    const { stderr } = await this.#node('--experimental-vm-modules', jest, ...options, ...tests);
    if (!existsSync(file)) throw new Error(`Jest gave no result for ${tests.join(' ')}: ${stderr.slice(-2_000)}`);
    const result = JSON.parse(readFileSync(file, 'utf8')) as { numFailedTests: number; numTotalTests: number };
    if (result.numTotalTests === 0) throw new Error(`no test ran of ${tests.join(' ')}: ${stderr.slice(-2_000)}`);
    return result.numFailedTests > 0;
  }

  /** The seed and rule by which the simulation finds it, a seed that has found it before first; null: it does not. */
  async simulationFinds(
    of: { readonly from: number; readonly seeds: number },
    first: number | undefined,
  ): Promise<string | null> {
    const known = first === undefined ? null : await this.#simulate({ from: first, seeds: 1 });
    return known ?? (await this.#simulate(of));
  }

  async #simulate({ from, seeds }: { readonly from: number; readonly seeds: number }): Promise<string | null> {
    const range = ['--from', String(from), '--seeds', String(seeds)];
    const { stdout, stderr } = await this.#node(
      'rehearsal/simulate/main.ts',
      ...range,
      ...['--threads', '1', '--no-shrink', '--first'],
    );
    const [found] = /^seed \d+: rule \d+/m.exec(stdout) ?? [];
    if (found !== undefined) return found;
    if (/^\d+ seeds, 0 violations$/m.test(stdout)) return null;
    throw new Error(`the simulation came to no end: ${stderr.slice(-2_000)}`);
  }

  /** Runs a program of the copy; how it ends is told by what it writes. */
  #node(...args: string[]): Promise<{ readonly stdout: string; readonly stderr: string }> {
    const options = { cwd: this.#folder, timeout: bound, maxBuffer: 64 * 1024 * 1024 };
    return new Promise((resolve) => {
      execFile(process.execPath, ['--disable-warning=ExperimentalWarning', ...args], options, (_, stdout, stderr) =>
        resolve({ stdout, stderr }),
      );
    });
  }

  [Symbol.dispose](): void {
    process.off('exit', this.#leave);
    this.#leave();
  }
}
