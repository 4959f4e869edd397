import { describe, expect, it } from '@jest/globals';
import { rehearse } from '../../rehearsal/rehearse.ts';
import { scenarioOf } from '../../rehearsal/scenario/parse-scenario.ts';
import { simulate } from '../../rehearsal/simulate/simulate.ts';
import configuration from '../../rollout.config.ts';

const fleetOf = (stacks: number) => ({ accounts: 20, regions: ['eu-west-1', 'us-east-1'], stacks });
const badAtTheEnd = [{ kind: 'alarm', ring: 'full' }];

describe('a large fleet', () => {
  it.each([
    { outcome: 'PROMOTED', faults: [] },
    { outcome: 'RESTORED', faults: badAtTheEnd },
  ])('of 1,000 stacks is $outcome by all the rules', async ({ outcome, faults }) => {
    const ended = await simulate({ name: 'large', fleet: fleetOf(1_000), faults }, configuration);
    expect({ outcome: ended.outcome, violations: ended.violations }).toEqual({ outcome, violations: [] });
  });

  it('of 10,000 stacks is all done', async () => {
    const report = await rehearse(scenarioOf({ name: 'larger', fleet: fleetOf(10_000) }, 'test'), { configuration });
    expect(report.outcome).toBe('PROMOTED');
    expect(report.stacks).toHaveLength(10_000);
    expect(report.stacks.filter(({ status }) => status !== 'done')).toEqual([]);
  });

  it('of 10,000 stacks goes back to where it was', async () => {
    const scenario = scenarioOf({ name: 'larger-back', fleet: fleetOf(10_000), faults: badAtTheEnd }, 'test');
    const report = await rehearse(scenario, { configuration });
    expect(report.outcome).toBe('RESTORED');
    expect(report.stacks.filter(({ before, after }) => before !== after)).toEqual([]);
    expect(report.stacks.filter(({ touched }) => touched).length).toBeGreaterThan(9_000);
  });
});
