import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { deserialize, serialize } from 'node:v8';
import type { RunImage } from '../../rehearsal/run/run-image.ts';
import type { Scenario } from '../../rehearsal/scenario/scenario-schema.ts';
import { sha256 } from '../../domain/hash.ts';

/** Files of another format are not read. */
const format = 2;

const pauseMilliseconds = 1_000;

/** Where a world of this scenario is kept: each scenario and size of fleet has a file of its own. */
export const fileOf = (folder: string, scenario: Scenario): string =>
  join(folder, `${scenario.name.replaceAll(/[^\w-]/g, '-')}-${sha256(JSON.stringify(scenario)).slice(0, 12)}.world`);

/**
 * What is kept in the file, if anything.
 *
 * @throws Error when there is something, but no world of this version
 */
export const readWorld = (file: string): RunImage | undefined => {
  let bytes: Buffer;
  try {
    bytes = readFileSync(file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
  try {
    const kept = deserialize(bytes) as { readonly format: number; readonly image: RunImage };
    if (kept.format === format) return kept.image;
  } catch (cause) {
    throw new Error(`${file} cannot be read: begin anew with --fresh.`, { cause });
  }
  throw new Error(`${file} was written by another version: begin anew with --fresh.`);
};

/** Forgets what is kept. */
export const forgetWorld = (file: string): void => rmSync(file, { force: true });

/** Writes a world down, whole or not at all. */
const writeWorld = (file: string, image: RunImage): void => {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(`${file}.new`, serialize({ format, image }));
  renameSync(`${file}.new`, file);
};

/** Writes a world down whenever its table has changed, once in a second of real time at most. */
export class Keeper {
  readonly #file: string;
  readonly #run: { readonly tableCounts: { readonly writes: number }; readonly image: () => RunImage };
  readonly #realNow: () => number;
  #writes = -1;
  #last = -Infinity;

  constructor(
    file: string,
    run: { readonly tableCounts: { readonly writes: number }; readonly image: () => RunImage },
    realNow: () => number,
  ) {
    this.#file = file;
    this.#run = run;
    this.#realNow = realNow;
  }

  /** Call it while virtual time stands still. */
  keep(): void {
    const { writes } = this.#run.tableCounts;
    const now = this.#realNow();
    if (writes === this.#writes || now - this.#last < pauseMilliseconds) return;
    this.keepNow();
    this.#writes = writes;
    this.#last = now;
  }

  keepNow(): void {
    writeWorld(this.#file, this.#run.image());
  }
}
