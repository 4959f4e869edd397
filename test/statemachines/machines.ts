import type { Configuration } from '../../domain/configuration.ts';
import { mergeConfiguration, parseConfiguration } from '../../infra/config.ts';
import { synthesizeHub } from '../../infra/synthesize.ts';
import { deploymentOf } from '../../rehearsal/definitions/deployment.ts';
import rollout from '../../rollout.config.ts';
import type { AslState, Definition } from '../../statemachines/typed/asl.ts';

/** A Task, Map or Choice as deployed, with the fields that these tests look at. */
export interface DeployedState extends AslState {
  readonly Resource?: string;
  readonly TimeoutSeconds?: number;
  readonly TimeoutSecondsPath?: string;
  readonly Retry?: readonly { readonly ErrorEquals: readonly string[] }[];
  readonly ToleratedFailurePercentage?: number;
  readonly ResultWriter?: unknown;
  readonly MaxConcurrency?: number;
}

export interface NamedState {
  readonly id: string;
  /** Whether it is a state of a map's children. */
  readonly perStack: boolean;
  readonly state: DeployedState;
}

export const configurationWith = (overrides: unknown = {}): Configuration =>
  parseConfiguration(mergeConfiguration(rollout, overrides));

/** The definitions of both machines, read back from the synthesized template. */
export const machinesOf = (
  configuration: Configuration,
): { readonly campaign: Definition; readonly restore: Definition } => {
  const { machines } = deploymentOf(synthesizeHub(configuration, { bundle: false }), configuration.hub);
  const named = (name: string): Definition => machines.find((one) => one.name === name)?.definition as Definition;
  return { campaign: named('ami-rollout-campaign'), restore: named('ami-rollout-restore') };
};

/** Every state of a machine, those of its maps' children included. */
export const statesOf = (definition: Definition, perStack = false): readonly NamedState[] =>
  Object.entries(definition.States).flatMap(([id, state]) => [
    { id, perStack, state },
    ...(state.ItemProcessor === undefined ? [] : statesOf(state.ItemProcessor, true)),
  ]);

/** Four rings, with one gate that runs only before the third and one before the last. */
export const fourRings = {
  rings: [
    { name: 'canary', sharePercent: 5, approval: 'required' },
    { name: 'dev', sharePercent: 20, approval: 'none', windows: [{ cron: '0 22 * * *', hours: 6 }] },
    { name: 'us-staging', sharePercent: 25, approval: 'required' },
    { name: 'full', sharePercent: null, approval: 'none' },
  ],
  gates: { beforeRing: { 'Inspector Scan': 'us-staging', 'Custom Gates': 'full' } },
};
