import { describe, expect, it } from '@jest/globals';
import { silentAlarms } from '../../../domain/gates/silent-alarms.ts';

const alarm = { name: 'errors', points: 2, possible: 29, treatsMissingAs: 'missing' };
const three = { minDataPoints: 3, missingData: 'breach' } as const;

describe('silentAlarms', () => {
  it.each([
    ['too few points', alarm, three, [{ name: 'errors', points: 2, needed: 3 }]],
    ['enough', { ...alarm, points: 3 }, three, []],
    ['as many as the bake has periods', { ...alarm, possible: 2 }, three, []],
    ['none where the bake has no whole period', { ...alarm, points: 0, possible: 0 }, three, []],
    ['too few, which the configuration ignores', alarm, { ...three, missingData: 'ignore' }, []],
    [
      'too few, which the alarm takes for good',
      { ...alarm, treatsMissingAs: 'notBreaching' },
      { ...three, missingData: 'asAlarm' },
      [],
    ],
    ['too few, which the alarm does not', alarm, { ...three, missingData: 'asAlarm' }, [expect.anything()]],
    [
      'too few, whatever the alarm takes them for',
      { ...alarm, treatsMissingAs: 'notBreaching' },
      three,
      [expect.anything()],
    ],
  ] as const)('%s', (_what, data, settings, expected) => {
    expect(silentAlarms([data], settings)).toEqual(expected);
  });
});
