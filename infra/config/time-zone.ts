import * as z from 'zod';

const isKnown = (timeZone: string): boolean => {
  try {
    new Intl.DateTimeFormat('en', { timeZone });
    return true;
  } catch {
    return false;
  }
};

/** The IANA name of a time zone. */
export const timeZone = z
  .string()
  .refine(isKnown, { error: "must be the name of a time zone such as 'Europe/Berlin' or 'UTC'" })
  .default('UTC');
