import type { Configuration } from '../configuration.ts';
import type { AlarmData } from '../ports/alarms.ts';

/** An alarm that had too little to judge by. */
export interface SilentAlarm {
  readonly name: string;
  readonly points: number;
  readonly needed: number;
}

/**
 * The alarms that were green for want of data. No more points are asked for than the bake has periods: an alarm with a
 * long period is judged by its state alone.
 */
export const silentAlarms = (
  data: readonly AlarmData[],
  { minDataPoints, missingData }: Configuration['alarms'],
): readonly SilentAlarm[] =>
  missingData === 'ignore'
    ? []
    : data
        .filter(
          ({ treatsMissingAs }) => missingData === 'breach' || !['notBreaching', 'ignore'].includes(treatsMissingAs),
        )
        .map(({ name, points, possible }) => ({ name, points, needed: Math.min(minDataPoints, possible) }))
        .filter(({ points, needed }) => points < needed);
