import { describe, expect, it } from '@jest/globals';
import { generateScenario } from '../../rehearsal/simulate/generate.ts';
import { simulate } from '../../rehearsal/simulate/simulate.ts';
import configuration from '../../rollout.config.ts';

const perDay = 1_000;
const perTest = 50;
// Other seeds each night, and the same ones the whole night long: a seed that fails is named, and fails the next day too.
const first = Math.floor(Date.now() / 86_400_000) * perDay;
const batches = Array.from({ length: perDay / perTest }, (_, batch) => first + batch * perTest);

describe('the simulation, with seeds that nobody has tried', () => {
  it.each(batches)('finds no broken rule in fifty seeds from %i on', async (from) => {
    for (let seed = from; seed < from + perTest; seed += 1) {
      const { violations } = await simulate(generateScenario(seed), configuration);
      expect({ seed, violations }).toEqual({ seed, violations: [] });
    }
  });
});
