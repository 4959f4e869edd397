import type { Ring } from '../../domain/configuration/ring.ts';
import { ringTitle } from '../../statemachines/titles.ts';
import type { FaultHooks } from '../aws/faults/bind-faults.ts';
import type { PlannedRing } from '../aws/faults/fault.ts';
import type { EngineStep } from '../engine/engine-step.ts';
import { names } from './names.ts';
import type { Progress } from './progress.ts';
import type { RunFaults } from './run-faults.ts';

interface WatcherOptions {
  /** The campaign that the faults have struck in an earlier run of the same world; null: none. */
  readonly struck: string | null;
  readonly rings: readonly Ring[];
  readonly faults: RunFaults;
  readonly hooks: FaultHooks;
  readonly elapsed: () => number;
  /** The text of a document in the plans' bucket. */
  readonly document: (key: string) => string | undefined;
  /** A state was entered; whoever acts at a state acts now. */
  readonly entered: (campaignId: string, state: string) => void;
  readonly approvalWanted: (campaignId: string, ring: string) => void;
  readonly onProgress: (progress: Progress) => void;
  /** A fault that strikes nothing: whatever the run would show, it is not what the scenario asks. */
  readonly onMistake: (message: string, cause: unknown) => void;
}

/** Follows the campaigns' states: tells the faults when a ring begins, people when they are asked, and whoever watches. */
export class StateWatcher {
  readonly #options: WatcherOptions;
  /** The campaign whose stacks the faults strike: the first that has made a plan. */
  #struck: string | undefined;

  constructor(options: WatcherOptions) {
    this.#options = options;
    this.#struck = options.struck ?? undefined;
  }

  /** The campaign whose stacks the faults strike; null: none has made a plan yet. */
  get struck(): string | null {
    return this.#struck ?? null;
  }

  stepped(step: EngineStep): void {
    if (step.kind !== 'state-entered' && step.kind !== 'state-exited') return;
    if (!step.executionArn.includes(`:execution:${names.campaign}:`)) return;
    const { state } = step as { state: string };
    const campaignId = step.executionArn.split(':').at(-1) ?? '';
    if (step.kind === 'state-entered') this.#entered(campaignId, state);
    else if (state === 'Plan Rings') this.#planned(campaignId);
  }

  #entered(campaignId: string, state: string): void {
    const { rings, hooks, elapsed, onProgress, approvalWanted } = this.#options;
    onProgress({ kind: 'state', at: elapsed(), machine: names.campaign, campaignId, state });
    this.#options.entered(campaignId, state);
    for (const { name } of rings) {
      const title = ringTitle(name);
      if (state === `Approve ${title} Ring`) approvalWanted(campaignId, name);
      if (campaignId !== this.#struck) continue;
      if (state === `${title} Ring`) hooks.ringStarted(name);
      if (state === `Close Ring (${title})`) hooks.ringEnded(name);
      if (state === `Bake ${title} Ring`) hooks.bakeStarted(name);
    }
  }

  #planned(campaignId: string): void {
    const { rings, faults, hooks, document, elapsed, onProgress, onMistake } = this.#options;
    const planned = rings.map(({ name }): PlannedRing => {
      const text = document(`campaigns/${campaignId}/rings/${name}.json`) ?? '[]';
      const stacks = JSON.parse(text) as { stackId: string; stackName: string; account: string; region: string }[];
      return { name, stacks: stacks.map(({ stackName, ...stack }) => ({ ...stack, name: stackName })) };
    });
    onProgress({
      kind: 'plan',
      at: elapsed(),
      campaignId,
      rings: planned.map(({ name, stacks }) => ({ name, stacks: stacks.length })),
    });
    if (this.#struck !== undefined || planned.every(({ stacks }) => stacks.length === 0)) return;
    this.#struck = campaignId;
    try {
      faults.planKnown(planned);
      hooks.planKnown(planned);
    } catch (error) {
      onMistake(error instanceof Error ? error.message : String(error), error);
    }
  }
}
