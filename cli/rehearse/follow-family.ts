import { scenarioOf } from '../../rehearsal/scenario/parse-scenario.ts';
import type { Scenario } from '../../rehearsal/scenario/scenario-schema.ts';

/** What a scenario is about that names no family: that of the configuration which comes with the project. */
const usualFamily = scenarioOf({ name: 'usual' }, 'usual').image.family;

/**
 * A scenario that names no family is about the first one of the configuration, so that the shipped ones fit everybody's.
 * One that does name a family keeps it.
 */
export const followFamily = (
  scenario: Scenario,
  { families }: { readonly families: readonly { readonly name: string }[] },
): Scenario => {
  const [first] = families;
  const { image } = scenario;
  if (first === undefined || image.family !== usualFamily || families.some(({ name }) => name === usualFamily))
    return scenario;
  return { ...scenario, image: { ...image, family: first.name } };
};
