import type { FleetInventory } from '../../domain/planning/fleet-inventory.ts';
import { inventoryScenario } from '../../rehearsal/inventory/inventory-scenario.ts';
import { loadScenario } from '../../rehearsal/scenario/load-scenario.ts';
import { scenarioOf } from '../../rehearsal/scenario/parse-scenario.ts';
import type { Scenario } from '../../rehearsal/scenario/scenario-schema.ts';

/** A ring of the configuration as its file says it. */
type RingInput = Readonly<Record<string, unknown>> & { readonly name: string };

/** The scenario of one family's drill, and where it differs from what is configured. */
export interface Drill {
  readonly scenario: Scenario;
  readonly notes: readonly string[];
}

/** The image is a made-up one: whether its tags would please the gates is not what is drilled. */
const anyTag = (keys: readonly string[]): Readonly<Record<string, object>> =>
  Object.fromEntries(keys.map((key) => [key, { type: 'text', required: false, values: null, pattern: null }]));

/**
 * A canary of the family fails in the first ring. A budget for failures would let the campaign go on with one stack put back
 * alone; in a drill that ring has none, so that everything has to go back.
 */
export const drillScenario = (
  inventory: FleetInventory,
  family: string,
  rings: readonly [RingInput, ...RingInput[]],
  tagKeys: readonly string[],
): Drill => {
  const base = loadScenario('drill');
  const own = inventory.stacks.filter((stack) => stack.family === family);
  const { scenario, notes } = inventoryScenario(
    { ...inventory, stacks: own },
    { ...base, image: { ...base.image, family } },
  );
  const [first, ...later] = rings;
  const { failureBudget = 0 } = first;
  return {
    scenario: scenarioOf(
      {
        ...scenario,
        name: `drill of ${family}`,
        policy: {
          families: { [family]: { tags: anyTag(tagKeys) } },
          rings: [{ ...first, failureBudget: 0 }, ...later],
        },
        faults: [{ kind: 'instancesUnhealthy', ring: first.name }],
      },
      `the drill of ${family}`,
    ),
    notes: [
      ...notes,
      ...(failureBudget === 0
        ? []
        : [`Ring ${first.name} has no failure budget in the drill, so that one failure is enough.`]),
    ],
  };
};
