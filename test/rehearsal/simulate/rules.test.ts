import { describe, expect, it } from '@jest/globals';
import { simulate } from '../../../rehearsal/simulate/simulate.ts';
import { allRules } from '../../../rehearsal/simulate/rules/all-rules.ts';
import configuration from '../../../rollout.config.ts';
import { meddlings } from './meddle.ts';

const scenario = {
  name: 'meddled-with',
  fleet: {
    accounts: 1,
    regions: ['eu-west-1'],
    stacks: [
      { name: 'first', ring: 'canary', updateMinutes: 4 },
      { name: 'second', ring: 'full', updateMinutes: 4 },
    ],
  },
};

describe('the rules that hold always', () => {
  it('are each broken by something here', () => {
    expect(meddlings.map(({ rule }) => rule)).toEqual(allRules.map(({ number }) => number));
  });

  it('are not broken where nobody meddles', async () => {
    for (const more of [{}, ...meddlings.map((one) => one.scenario ?? {})])
      expect((await simulate({ ...scenario, ...more }, configuration)).violations).toEqual([]);
  });

  it.each(meddlings)('notice it when $what (rule $rule)', async ({ rule, scenario: more, meddle }) => {
    const { violations } = await simulate({ ...scenario, ...more }, configuration, meddle);
    expect(violations.map((violation) => violation.rule)).toContain(rule);
  });
});
