import { createHash } from 'node:crypto';

/** Lower-case hexadecimal SHA-256 of the text. */
export const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

const sorted = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(sorted);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, field]) => field !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, field]) => [key, sorted(field)]),
  );
};

/** JSON with sorted keys, so that equal values have equal text and hash. */
export const canonicalJson = (value: unknown): string => JSON.stringify(sorted(value));
