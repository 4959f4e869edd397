import { describe, expect, it } from '@jest/globals';
import { generateScenario } from '../../../rehearsal/simulate/generate.ts';
import { allRules } from '../../../rehearsal/simulate/rules/all-rules.ts';
import { simulate } from '../../../rehearsal/simulate/simulate.ts';
import configuration from '../../../rollout.config.ts';

const batches = Array.from({ length: 10 }, (_, batch) => 1 + batch * 20);

describe('the simulation', () => {
  it('checks each of the thirteen rules that hold always', () => {
    expect(allRules.map(({ number }) => number)).toEqual(Array.from({ length: 13 }, (_, index) => index + 1));
  });

  it('makes the same scenario of the same seed, and another of another', () => {
    expect(generateScenario(7)).toEqual(generateScenario(7));
    expect(generateScenario(7)).not.toEqual(generateScenario(8));
  });

  it.each(batches)(
    'finds no broken rule in twenty seeds from %i on',
    async (from) => {
      const outcomes = new Set<string>();
      for (let seed = from; seed < from + 20; seed += 1) {
        const { outcome, violations } = await simulate(generateScenario(seed), configuration);
        outcomes.add(outcome);
        expect({ seed, violations }).toEqual({ seed, violations: [] });
      }
      // Seeds that all end alike would try little.
      expect(outcomes.size).toBeGreaterThan(1);
    },
    240_000,
  );
});
