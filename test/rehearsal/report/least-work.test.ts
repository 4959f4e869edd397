import { describe, expect, it } from '@jest/globals';
import { refreshSeconds } from '../../../rehearsal/report/least-work.ts';
import { rehearse } from '../../../rehearsal/rehearse.ts';
import { scenarioOf } from '../../../rehearsal/scenario/parse-scenario.ts';
import configuration from '../../../rollout.config.ts';

const noRest = { checkpointPercents: [], checkpointDelayMinutes: 5 };

describe('the least time of an instance refresh', () => {
  it('is that of its turns, half a turn less, and one warm-up of a minute at most', () => {
    expect(refreshSeconds({ updateMinutes: 10, instances: 0 }, noRest)).toBe(0);
    expect(refreshSeconds({ updateMinutes: 10, instances: 2 }, noRest)).toBe(450 + 60);
    expect(refreshSeconds({ updateMinutes: 1, instances: 2 }, noRest)).toBe(45 + 12);
  });

  it('rests once at each checkpoint that a replacement before the last one reaches', () => {
    const rests = (instances: number, checkpointPercents: number[]) =>
      (refreshSeconds({ updateMinutes: 10, instances }, { checkpointPercents, checkpointDelayMinutes: 5 }) -
        refreshSeconds({ updateMinutes: 10, instances }, noRest)) /
      300;
    expect(rests(1, [20])).toBe(0);
    expect(rests(2, [20])).toBe(1);
    expect(rests(2, [20, 40])).toBe(1);
    expect(rests(4, [20, 40, 99])).toBe(2);
  });
});

describe('the critical path', () => {
  it.each([
    ['rolling', { rolling: 1 }],
    ['refreshed', { none: 1 }],
    ['mixed', { rolling: 0.7, instanceRefresh: 0.2, none: 0.1 }],
  ])(
    'is a lower bound, and a near one: %s',
    async (name, replacement) => {
      const fleet = { stacks: 60, replacement, updateMinutes: [20, 20] };
      const { virtualSeconds, criticalPathSeconds } = await rehearse(scenarioOf({ name, fleet }, 'the test'), {
        configuration,
      });
      expect(criticalPathSeconds).toBeLessThanOrEqual(virtualSeconds);
      expect(virtualSeconds / criticalPathSeconds).toBeLessThan(1.05);
    },
    60_000,
  );
});
