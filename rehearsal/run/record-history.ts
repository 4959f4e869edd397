import type { Configuration } from '../../domain/configuration.ts';
import type { Table } from '../../domain/ports/table.ts';
import type { ScenarioWorld } from '../scenario/create-world.ts';
import type { Scenario } from '../scenario/scenario-schema.ts';
import { recordPromotion } from './record-promotion.ts';
import { recordTimes } from './record-times.ts';
import { recordVerdicts } from './record-verdicts.ts';

/** What earlier campaigns have left in the table, where the scenario says that there were any. */
export const recordHistory = async (
  to: { readonly table: Table },
  scenarioWorld: ScenarioWorld,
  scenario: Scenario,
  { hub, stacks }: Configuration,
): Promise<void> => {
  const hasTimes = scenario.fleet.timesOnRecord !== null;
  if (scenario.image.previousPromoted || hasTimes) await recordPromotion(to, scenarioWorld, scenario, hub.account);
  if (hasTimes) await recordTimes(to, scenarioWorld, scenario, stacks.refresh);
  await recordVerdicts(to, scenarioWorld, scenario);
};
