/** A plain value as text; `null` for anything with structure. */
export const scalar = (value: unknown): string | null =>
  typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? String(value) : null;

/** YAML 1.1, which CloudFormation reads, has more words for true than YAML 1.2, which we read. */
export const isTrue = (value: unknown): boolean => value === true || /^(true|yes|on)$/i.test(scalar(value) ?? '');
