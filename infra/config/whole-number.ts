import * as z from 'zod';

/** A whole number with its unit and bounds in the message and in the JSON Schema: `days`, `minutes`, `stacks`. */
export const wholeNumber = (least: number, most: number, unit: string) => {
  const message = `must be a whole number of ${unit} from ${least} to ${most}`;
  return z.int(message).min(least, message).max(most, message).meta({ unit });
};
