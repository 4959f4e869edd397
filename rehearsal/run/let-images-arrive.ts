import { arrive } from '../scenario/arrive.ts';
import type { ScenarioWorld } from '../scenario/create-world.ts';
import { seededRandom } from '../scenario/random.ts';
import type { Scenario } from '../scenario/scenario-schema.ts';

/** Lets the scenario's further images appear in their time. */
export const letImagesArrive = (
  { arrivals, image, seed }: Scenario,
  { world, images }: ScenarioWorld,
  arriving: () => void,
): void => {
  for (const [index, arrival] of arrivals.entries()) {
    const random = seededRandom(seed).fork(`arrival-${index}`);
    setTimeout(() => {
      arriving();
      arrive(world, image, arrival, random, images.previous);
    }, arrival.afterMinutes * 60_000);
  }
};
