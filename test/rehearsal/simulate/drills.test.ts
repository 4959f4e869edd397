import { describe, expect, it } from '@jest/globals';
import { IMAGE_PARAMETER } from '../../../rehearsal/aws/state/sim-stack.ts';
import type { Run } from '../../../rehearsal/run/run.ts';
import { simulate } from '../../../rehearsal/simulate/simulate.ts';
import configuration from '../../../rollout.config.ts';

const account = '100000000001';
const region = 'eu-west-1';
const drilled = {
  name: 'drilled',
  start: { drill: 'second' },
  fleet: {
    accounts: 1,
    regions: [region],
    stacks: [{ name: 'first' }, { name: 'second', account, tags: { 'ami-rollout:environment': 'staging' } }],
  },
  policy: { drill: { stacks: [{ name: 'second', account, region, family: 'al2023-base' }] } },
};
const updating =
  (act: (run: Run, token: string) => void) =>
  (run: Run): void => {
    const { world } = run.scenarioWorld;
    const before = world.onRequest;
    world.onRequest = (call) => {
      const { ClientRequestToken: token = '' } = call.input as Record<string, string>;
      if (call.operation === 'UpdateStack') act(run, token);
      before?.(call);
    };
  };
const stackOf = (run: Run) => run.scenarioWorld.world.stacks.find(({ name }) => name === 'second');

describe('what holds of drills', () => {
  it('is kept by a drill', async () => {
    expect(await simulate(drilled, configuration)).toMatchObject({ outcome: 'RESTORED', violations: [] });
  });

  it('is broken by a write to a stack that is none of staging any more', async () => {
    const { violations } = await simulate(
      drilled,
      configuration,
      updating((run) => {
        const stack = stackOf(run);
        if (stack !== undefined)
          stack.settings = { ...stack.settings, tags: { ...stack.settings.tags, 'ami-rollout:environment': 'live' } };
      }),
    );
    expect(violations.map(({ how }) => how)).toContain(
      'UpdateStack of second by a drill, which it is not designated for',
    );
  });

  it('is broken by a stack that has not gone back', async () => {
    const { violations } = await simulate(
      drilled,
      configuration,
      updating((run, token) => {
        const stack = stackOf(run);
        if (stack === undefined || !/-r\d+$/.test(token)) return;
        const image = run.scenarioWorld.images.new.get(region) ?? '';
        setTimeout(() => {
          const { settings } = stack;
          stack.settings = { ...settings, parameters: { ...settings.parameters, [IMAGE_PARAMETER]: image } };
        }, 5 * 60_000);
      }),
    );
    expect(violations.map(({ how }) => how)).toContainEqual(
      expect.stringMatching(/nothing was in its way, and second has ami-/),
    );
  });
});
