import { Cron } from 'croner';
import * as z from 'zod';
import { options } from './options.ts';
import { timeZone } from './time-zone.ts';
import { wholeNumber } from './whole-number.ts';

const isCron = (text: string): boolean => {
  try {
    new Cron(text, { paused: true });
    return true;
  } catch {
    return false;
  }
};

const window = options({
  cron: z
    .string()
    .refine((text) => text.trim().split(/\s+/).length === 5 && isCron(text), {
      error: "must be a cron expression of five fields: minute, hour, day, month, weekday; such as '0 22 * * MON-THU'",
    })
    .describe('When the window opens: minute, hour, day of month, month, weekday.'),
  hours: wholeNumber(1, 168, 'hours').describe('How long it is open, in hours.'),
  timeZone: timeZone.describe('The time zone that the cron expression is read in. Default: UTC.'),
}).describe('A time in which the ring may begin and take on stacks.');

/** Option `rings[].windows`. */
export const windows = z
  .array(window)
  .default([])
  .describe('The ring begins, and takes on stacks, only while one of these is open; else it waits. Default: any time.');

/** Options `calendars` and `rings[].calendars`. */
export const calendars = z
  .array(z.string().min(1, 'must be the name or ARN of an SSM change calendar'))
  .max(10, 'Change Calendar answers for at most 10 at once')
  .default([]);
