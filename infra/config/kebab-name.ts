import * as z from 'zod';

/** A name in lower-case kebab form, at most 40 characters: it becomes part of state names, keys and tags. */
export const kebabName = (what: string) => {
  const message = `a ${what}'s name must be lower-case words joined by hyphens, at most 40 characters`;
  return z
    .string(message)
    .regex(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/, message)
    .max(40, message);
};
