import { seededRandom } from '../scenario/random.ts';
import { oneOf } from './generate/draw.ts';
import { withDrill } from './generate/drills.ts';
import { generateFaults } from './generate/faults.ts';
import { generateImage } from './generate/images.ts';
import { generatePeople } from './generate/people.ts';
import { policyKits } from './generate/policies.ts';
import { generateStacks } from './generate/stacks.ts';
import type { ScenarioFile } from './scenario-file.ts';

/** The random scenario of a seed: a small fleet, people who do this and that, and several things that go wrong at once. */
export const generateScenario = (seed: number): ScenarioFile => {
  const random = seededRandom(seed);
  const { policy, with: more } = oneOf(random, policyKits);
  const rings = policy.rings.map(({ name }) => name);
  const fleet = generateStacks(random, rings);
  const image = generateImage(random, fleet.regions);
  const faults = generateFaults(random, fleet.stacks, rings);
  return withDrill(random, {
    name: `seed-${seed}`,
    seed,
    fleet,
    policy,
    ...more?.(random),
    ...(image === undefined ? {} : { image }),
    ...generatePeople(random, rings),
    ...(faults.length > 0 ? { faults } : {}),
  });
};
