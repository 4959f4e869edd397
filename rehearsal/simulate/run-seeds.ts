import { Worker } from 'node:worker_threads';
import type { SeedResult } from './seed-thread.ts';

interface SeedsOptions {
  readonly from: number;
  readonly seeds: number;
  readonly threads: number;
  readonly shrinks: boolean;
  /** Told of every seed as it ends; true for no more seeds. */
  readonly onResult: (result: SeedResult) => boolean;
}

/** Simulates seeds on several threads: each has a clock, a world and handlers of its own. */
export const runSeeds = async ({ from, seeds, threads, shrinks, onResult }: SeedsOptions): Promise<void> => {
  let next = from;
  let stopped = false;
  const thread = async (): Promise<void> => {
    const worker = new Worker(new URL('seed-thread.ts', import.meta.url), { workerData: { shrinks } });
    try {
      while (!stopped && next < from + seeds) {
        const seed = next++;
        const result = await new Promise<SeedResult>((resolve, reject) => {
          worker.once('message', resolve);
          worker.once('error', (error) => reject(new Error(`seed ${seed}: ${String(error)}`, { cause: error })));
          worker.postMessage({ seed });
        });
        worker.removeAllListeners('error');
        stopped ||= onResult(result);
      }
    } finally {
      await worker.terminate();
    }
  };
  await Promise.all(Array.from({ length: Math.min(threads, seeds) }, thread));
};
