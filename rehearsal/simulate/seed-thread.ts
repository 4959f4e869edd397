import { parentPort, workerData } from 'node:worker_threads';
import configuration from '../../rollout.config.ts';
import { generateScenario } from './generate.ts';
import type { ScenarioFile } from './scenario-file.ts';
import { shrink } from './shrink.ts';
import { simulate, type Simulation } from './simulate.ts';

/** What a thread is asked to do. */
export interface SeedWork {
  readonly seed: number;
}

/** What became of a seed. */
export interface SeedResult extends Simulation {
  readonly seed: number;
  readonly faults: readonly string[];
  /** The smallest scenario found that breaks the same rule; the whole one where nobody wants it smaller. */
  readonly smallest: ScenarioFile | null;
}

const { shrinks } = workerData as { readonly shrinks: boolean };

const answer = async ({ seed }: SeedWork): Promise<SeedResult> => {
  const file = generateScenario(seed);
  const simulation = await simulate(file, configuration);
  const faults = (file.faults ?? []).map(({ kind }) => kind);
  const [first] = simulation.violations;
  if (first === undefined) return { seed, faults, smallest: null, ...simulation };
  const fails = async (candidate: ScenarioFile): Promise<boolean> => {
    const again = await simulate(candidate, configuration).catch(() => ({ violations: [] }));
    return again.violations.some(({ rule }) => rule === first.rule);
  };
  return { seed, faults, smallest: shrinks ? await shrink(file, fails) : file, ...simulation };
};

parentPort?.on('message', (work: SeedWork) => {
  void answer(work).then((result) => parentPort?.postMessage(result));
});
