import * as z from 'zod';
import { options } from './options.ts';
import { wholeNumber } from './whole-number.ts';

/**
 * Option `stacks.refresh`: what an instance refresh of ours is told.
 * {@link https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_RefreshPreferences.html}
 */
export const refresh = options({
  minHealthyPercent: wholeNumber(0, 100, 'percent')
    .default(100)
    .describe('Share of the desired capacity that stays in service and healthy, in percent. Default: 100.'),
  maxHealthyPercent: wholeNumber(100, 200, 'percent')
    .default(110)
    .describe('Share up to which new instances are started before old ones go, in percent. Default: 110.'),
  checkpointPercents: z
    .array(wholeNumber(1, 99, 'percent'))
    .max(10, 'must have at most 10 checkpoints')
    .default([20])
    .describe(
      'Shares of replaced instances at which the refresh pauses, in percent, ascending; not on the way back. Default: 20.',
    ),
  checkpointDelayMinutes: wholeNumber(1, 2880, 'minutes')
    .default(5)
    .describe('How long it pauses at each, in minutes. Default: 5.'),
})
  .superRefine(({ minHealthyPercent, maxHealthyPercent, checkpointPercents }, context) => {
    if (maxHealthyPercent - minHealthyPercent > 100)
      context.addIssue({
        code: 'custom',
        path: ['maxHealthyPercent'],
        message: `may be at most 100 more than minHealthyPercent (${minHealthyPercent}); lower it`,
      });
    for (const [index, percent] of checkpointPercents.entries())
      if (index > 0 && percent <= (checkpointPercents[index - 1] ?? 0))
        context.addIssue({
          code: 'custom',
          path: ['checkpointPercents', index],
          message: 'must be larger than the one before; put the checkpoints in order',
        });
  })
  .prefault({})
  .describe('How carefully instances are replaced where the stack update does not replace them.');
