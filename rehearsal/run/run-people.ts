import type { FaultHooks } from '../aws/faults/bind-faults.ts';
import type { ScenarioWorld } from '../scenario/create-world.ts';
import { ScenarioError } from '../scenario/parse-scenario.ts';
import { names } from './names.ts';
import { Operations } from './operations.ts';
import { operators, type AskDecision } from './operators.ts';
import type { RunFaults } from './run-faults.ts';
import type { RunOptions } from './run-options.ts';
import { StateWatcher } from './state-watcher.ts';

interface Around {
  readonly scenarioWorld: ScenarioWorld;
  readonly faults: RunFaults;
  readonly hooks: FaultHooks;
  /** How people reach the product. */
  readonly ask: AskDecision;
  readonly forge: (campaignId: string, ring: string) => Promise<void>;
  readonly elapsed: () => number;
  /** The run cannot show what the scenario asks. */
  readonly fail: (error: ScenarioError) => void;
}

/** The people of a run: who decides, who operates, and the eye on the campaigns' states that tells them when. */
export const runPeople = (
  { scenario, configuration, log, onProgress, goesOn }: RunOptions,
  { scenarioWorld, faults, hooks, ask, forge, elapsed, fail }: Around,
): { readonly operations: Operations; readonly watcher: StateWatcher } => {
  const rings = configuration.rings.map(({ name }) => name);
  const operations = new Operations(scenario, ({ do: what, by, reason }, message) => {
    log.write(Date.now(), 'operation', { what, by, reason, message });
    onProgress?.({ kind: 'operation', at: elapsed(), person: by, what, message });
  });
  const people = operators(
    scenario,
    ask,
    (campaignId, person, decision, ring) => {
      log.write(Date.now(), 'decision', { person, decision, ring });
      onProgress?.({ kind: 'decision', at: elapsed(), campaignId, person, decision, ring });
    },
    { ...faults.approvals, forge },
  );
  const watcher = new StateWatcher({
    struck: goesOn?.faults.campaignId ?? null,
    rings: configuration.rings,
    faults,
    hooks,
    elapsed,
    document: (key) => scenarioWorld.world.objects.text(names.bucket, key),
    entered: (campaignId, state) => {
      operations.entered(campaignId, state);
      if (state === 'Plan Rings') people.begun(campaignId, rings);
    },
    approvalWanted: (campaignId, ring) => people.approvalWanted(campaignId, ring),
    onProgress: (progress) => onProgress?.(progress),
    onMistake: (message, cause) => fail(new ScenarioError(`${scenario.name}: faults: ${message}`, { cause })),
  });
  return { operations, watcher };
};
