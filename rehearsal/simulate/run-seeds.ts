import { Worker } from 'node:worker_threads';
import { generateScenario } from './generate.ts';
import type { SeedResult } from './seed-thread.ts';

interface SeedsOptions {
  readonly from: number;
  readonly seeds: number;
  readonly threads: number;
  readonly shrinks: boolean;
  /** Told of every seed as it ends; true for no more seeds. */
  readonly onResult: (result: SeedResult) => boolean;
}

const brokenOffOutcome = 'BROKEN OFF';

/** Something threw where nobody could catch it, and has taken the thread along. */
const brokenOff = (seed: number, error: unknown): SeedResult => ({
  seed,
  outcome: brokenOffOutcome,
  violations: [
    { rule: 13, atMinutes: 0, how: error instanceof Error ? (error.stack ?? error.message) : String(error) },
  ],
  checks: {},
  faults: (generateScenario(seed).faults ?? []).map(({ kind }) => kind),
  smallest: null,
});

/** Simulates seeds on several threads: each has a clock, a world and handlers of its own. */
export const runSeeds = async ({ from, seeds, threads, shrinks, onResult }: SeedsOptions): Promise<void> => {
  let next = from;
  let stopped = false;
  const newWorker = (): Worker => new Worker(new URL('seed-thread.ts', import.meta.url), { workerData: { shrinks } });
  const thread = async (): Promise<void> => {
    let worker = newWorker();
    try {
      while (!stopped && next < from + seeds) {
        const seed = next++;
        const result = await new Promise<SeedResult>((resolve) => {
          worker.once('message', resolve);
          worker.once('error', (error) => resolve(brokenOff(seed, error)));
          worker.postMessage({ seed });
        });
        worker.removeAllListeners('message').removeAllListeners('error');
        if (result.outcome === brokenOffOutcome) {
          await worker.terminate();
          worker = newWorker();
        }
        stopped ||= onResult(result);
      }
    } finally {
      await worker.terminate();
    }
  };
  await Promise.all(Array.from({ length: Math.min(threads, seeds) }, thread));
};
