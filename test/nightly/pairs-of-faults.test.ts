import { describe, expect, it } from '@jest/globals';
import { faultKinds, type FaultKind } from '../../rehearsal/aws/faults/fault.ts';
import { simulate } from '../../rehearsal/simulate/simulate.ts';
import configuration from '../../rollout.config.ts';

const fleet = {
  accounts: 2,
  regions: ['eu-west-1'],
  stacks: [
    { name: 'canary-one', ring: 'canary', updateMinutes: 4, rollbackTriggers: true },
    { name: 'full-one', ring: 'full', updateMinutes: 4, replacement: 'instanceRefresh' },
    { name: 'full-two', ring: 'full', mode: 'ssm', updateMinutes: 8, account: '100000000002' },
    { name: 'full-three', ring: 'full', updateMinutes: 6, account: '100000000002', serviceRole: true },
  ],
};
const ofNoStack: ReadonlySet<FaultKind> = new Set([
  'promoteFails',
  'approvalForged',
  'approvalStale',
  'approvalDoubled',
  'handlerCrash',
  'handlerTimeout',
]);

/** One of the pair strikes the canary, the other a stack of the full ring. */
const at = (kind: FaultKind, stack: string) => ({
  kind,
  ...(ofNoStack.has(kind) ? {} : { stack }),
  ...(kind === 'serviceOutage' ? { service: 'cloudformation' } : {}),
  ...(kind === 'serviceOutage' || kind === 'regionOutage' ? { minutes: 20 } : {}),
  ...(kind === 'clockSkew' ? { minutes: 4 } : {}),
  ...(kind === 'handlerCrash' || kind === 'handlerTimeout' ? { nth: 30 } : {}),
});

describe('two faults in one campaign', () => {
  it.each(faultKinds)('of which one is %s at the canary, and the other any, break no rule', async (first) => {
    for (const [index, second] of faultKinds.entries()) {
      const faults = [at(first, 'canary-one'), at(second, index % 2 === 0 ? 'full-one' : 'full-two')];
      const { violations } = await simulate({ name: `${first}-${second}`, fleet, faults }, configuration);
      expect({ first, second, violations }).toEqual({ first, second, violations: [] });
    }
  });
});
