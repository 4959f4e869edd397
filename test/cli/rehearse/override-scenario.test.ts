import { describe, expect, it } from '@jest/globals';
import { overrideScenario } from '../../../cli/rehearse/override-scenario.ts';
import { scenarioOf } from '../../../rehearsal/scenario/parse-scenario.ts';

const scenario = scenarioOf(
  {
    name: 'sample',
    fleet: { stacks: [{ name: 'web', tags: { a: 1, b: null } }], ssmShare: 0.5 },
    image: { ageDays: 3 },
  },
  'sample',
);

describe('overrideScenario', () => {
  it('leaves a scenario as it is without options', () => {
    expect(overrideScenario(scenario, {})).toEqual(scenario);
  });

  it('lays the options over it and keeps the rest', () => {
    const changed = overrideScenario(scenario, {
      stacks: 0,
      accounts: 2,
      regions: ['eu-central-1'],
      seed: 0,
      ignore: true,
    });
    expect(changed.fleet).toEqual({ ...scenario.fleet, stacks: 0, accounts: 2, regions: ['eu-central-1'] });
    expect(changed.seed).toBe(0);
    expect(changed.approval).toEqual({ ...scenario.approval, decision: 'ignore' });
    expect(changed.image).toEqual(scenario.image);
  });
});
