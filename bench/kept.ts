import { readFileSync } from 'node:fs';
import type { BenchResult, SizedRun } from './result.ts';

type KeptRun = Omit<SizedRun, 'run'>;

/** A result without the reports of its rehearsals: what the documentation quotes. */
export type KeptResult = Omit<BenchResult, 'runs' | 'again' | 'restored'> & {
  readonly runs: readonly KeptRun[];
  readonly again: KeptRun;
  readonly restored: KeptRun;
};

/** Where `npm run bench -- --keep` leaves the result that docs/scale.md is made of. */
export const keptFile = new URL('kept.json', import.meta.url);

const withoutReport = ({ run: _, ...kept }: SizedRun): KeptRun => kept;

/** What is kept of a result. */
export const keptOf = (result: BenchResult): KeptResult => ({
  ...result,
  runs: result.runs.map(withoutReport),
  again: withoutReport(result.again),
  restored: withoutReport(result.restored),
});

/** The result that was kept last. */
export const keptResult = (): KeptResult => JSON.parse(readFileSync(keptFile, 'utf8')) as KeptResult;
