import * as z from 'zod';

/** A whole number with its bounds in the message, as `what` it counts: `days`, `minutes`. */
export const wholeNumber = (least: number, most: number, what: string) => {
  const message = `must be a whole number of ${what} from ${least} to ${most}`;
  return z.int(message).min(least, message).max(most, message);
};
