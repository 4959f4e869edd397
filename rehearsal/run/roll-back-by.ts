import type { ScenarioWorld } from '../scenario/create-world.ts';
import { askRollback, type AskedRollback } from './ask-rollback.ts';
import type { RunOptions } from './run-options.ts';

interface Around {
  readonly scenarioWorld: ScenarioWorld;
  readonly campaignId: string;
  readonly ask: (request: unknown) => Promise<unknown>;
  readonly wait: (minutes: number) => Promise<void>;
  readonly elapsed: () => number;
}

/** Lets time pass until a person has asked for the scenario's rollback, and been answered. */
export const rollBackBy = async (
  { scenario, clock, log, onProgress }: RunOptions,
  { scenarioWorld: { world, images }, campaignId, ask, wait, elapsed }: Around,
): Promise<AskedRollback> => {
  if (scenario.then?.mended === true) for (const stack of world.stacks) stack.faults = {};
  const asked = await clock.run(
    (async () => {
      await wait(scenario.then?.atMinutes === null ? scenario.then.afterMinutes : 0);
      const imageId = images.new.get(scenario.fleet.regions[0]) ?? '';
      return askRollback(scenario, { campaignId, imageId }, ask);
    })(),
  );
  log.write(Date.now(), 'decision', { person: asked.by, decision: 'rollback', campaignId });
  onProgress?.({ kind: 'decision', at: elapsed(), campaignId, person: asked.by, decision: 'rollback', ring: '' });
  return asked;
};
