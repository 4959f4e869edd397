import { describe, expect, it } from '@jest/globals';
import { tableSchemes } from '../../../adapters/table/connect-table.ts';
import { simulate } from '../../../rehearsal/simulate/simulate.ts';
import configuration from '../../../rollout.config.ts';

/** So many of five stacks fail, one after the other; two may. */
const scenario = (failures: number) => ({
  name: 'exactly',
  fleet: {
    accounts: 1,
    regions: ['eu-west-1'],
    stacks: Array.from({ length: 5 }, (_, nth) => ({ name: `app-${nth + 1}`, updateMinutes: 4 })),
  },
  policy: {
    rings: [{ name: 'full', sharePercent: null, bakeMinutes: 5, approval: 'none', failureBudget: 2, targetCap: 1 }],
  },
  ...(failures > 0 ? { faults: [{ kind: 'updateFails', ring: 'full', nth: 1, times: failures }] } : {}),
});

/** Has the table say at each write that the campaign's ring is broken, or that it is not, as a wrong budget would. */
const sayBroken = async (failures: number, ring: string | null): Promise<readonly string[]> => {
  const { violations } = await simulate(scenario(failures), configuration, (run) => {
    const { world } = run.scenarioWorld;
    const before = world.onRequest;
    world.onRequest = (call) => {
      const table = tableSchemes.get('memory')?.('memory:');
      const [campaign = ''] = run.campaigns;
      const key = { pk: `CAMPAIGN#${campaign}`, sk: 'CAMPAIGN' };
      if (call.operation === 'UpdateStack') void table?.update(key, { set: { breachedRing: ring } });
      before?.(call);
    };
  });
  return violations.map(({ rule, how }) => `${rule}: ${how.replaceAll(/ami-\S+|rehearsal-\S+/g, '…')}`);
};

describe('the budget of a ring, to the stack', () => {
  it.each([
    [2, 'PROMOTED'],
    [3, 'RESTORED'],
  ])('with %i failures of 2 is kept, and the end is %s', async (failures, outcome) => {
    expect(await simulate(scenario(failures), configuration)).toMatchObject({ outcome, violations: [] });
  });

  it.each([0, 1, 2])('is broken by a ring that breaks after %i failures', async (failures) => {
    expect((await sayBroken(failures, 'full')).join('\n')).toMatch(/^9: ring full of … is broken within its budget/m);
  });
});
