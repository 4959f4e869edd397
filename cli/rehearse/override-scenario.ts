import { scenarioOf } from '../../rehearsal/scenario/parse-scenario.ts';
import type { Scenario } from '../../rehearsal/scenario/scenario-schema.ts';

/** What the command line may change of a scenario. */
export interface ScenarioOverrides {
  readonly stacks?: number;
  readonly accounts?: number;
  readonly regions?: readonly string[];
  readonly seed?: number;
  readonly approve?: boolean;
  readonly reject?: boolean;
  readonly ignore?: boolean;
  readonly then?: 'rollback';
}

/** The scenario with the options of the command line laid over it. */
export const overrideScenario = (scenario: Scenario, overrides: ScenarioOverrides): Scenario => {
  const { stacks, accounts, regions, seed } = overrides;
  const decision = (['approve', 'reject', 'ignore'] as const).find((word) => overrides[word] === true);
  const changed = {
    ...scenario,
    seed: seed ?? scenario.seed,
    fleet: {
      ...scenario.fleet,
      stacks: stacks ?? scenario.fleet.stacks,
      accounts: accounts ?? scenario.fleet.accounts,
      regions: regions ?? scenario.fleet.regions,
    },
    approval: { ...scenario.approval, decision: decision ?? scenario.approval.decision },
  };
  const then = overrides.then === undefined ? changed : { ...changed, then: changed.then ?? { do: overrides.then } };
  return scenarioOf(then, `${scenario.name} with the options given`);
};
