import { stackTags } from '../words.ts';

/** `2026-12-01 release freeze`: a date to be held until, its day included, and the reason. */
const dated = /^(\d{4}-\d{2}-\d{2})(?:\D|$)/;

/**
 * Why the stack's own tag keeps it out of campaigns now; null where it does not. A tag that begins with a date holds
 * until the end of that day in UTC, one without a date until it is taken away.
 */
export const heldByTag = (tags: Readonly<Record<string, string>>, now: Date): string | null => {
  const hold = tags[stackTags.hold];
  if (hold === undefined) return null;
  const until = dated.exec(hold)?.[1];
  if (until !== undefined && now.toISOString().slice(0, 10) > until) return null;
  return `held by its tag ${stackTags.hold}: ${hold}`;
};
