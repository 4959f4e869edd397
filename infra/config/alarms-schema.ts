import * as z from 'zod';
import { options } from './options.ts';
import { wholeNumber } from './whole-number.ts';

/** Option `alarms`: how the alarms that stacks name are judged in a ring's bake. */
export const alarms = options({
  minDataPoints: wholeNumber(0, 1000, 'data points')
    .default(3)
    .describe('Data points an alarm needs in the bake, at most as many as the bake has periods. Default: 3.'),
  missingData: z
    .enum(['breach', 'asAlarm', 'ignore'], { error: "must be 'breach', 'asAlarm' or 'ignore'" })
    .default('breach')
    .describe(
      "What an alarm with fewer means: 'breach' fails the ring; 'asAlarm' does so unless the alarm itself treats missing data as notBreaching or ignore; 'ignore' goes by its state. Default: 'breach'.",
    ),
})
  .prefault({})
  .describe('How alarms are judged in the bake of a ring.');
