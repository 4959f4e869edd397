import { options } from './options.ts';
import { wholeNumber } from './whole-number.ts';

/** Option `campaigns`: how many there may be. */
export const campaigns = options({
  maxConcurrent: wholeNumber(1, 1000, 'campaigns')
    .default(3)
    .describe('Most campaigns at once, each of another family; more wait in the queue. Default: 3.'),
  maxDaily: wholeNumber(1, 1000, 'campaigns')
    .default(20)
    .describe('Most campaigns that begin within one day (UTC); more wait in the queue. Default: 20.'),
  newWithinDays: wholeNumber(1, 365, 'days')
    .default(7)
    .describe(
      'An event about an image that was built longer ago starts nothing: somebody has copied or re-enabled it. Default: 7.',
    ),
})
  .prefault({})
  .describe('How many campaigns there may be, and which images start one.');
