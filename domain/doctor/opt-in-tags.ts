import { nearest, nearMiss } from '../gates/near-miss.ts';
import { stackTags } from '../words.ts';

const keys: readonly string[] = Object.values(stackTags);
const prefix = 'ami-rollout:';
/** Tags that the product puts on what belongs to itself. */
const own = new Set([`${prefix}product`, `${prefix}campaign`]);

/** What is wrong with a stack's tags, so that it does not take part or not as it was meant; null: nothing. */
export const tagMistake = (tags: Readonly<Record<string, string>>, families: readonly string[]): string | null => {
  if (Object.keys(tags).some((key) => own.has(key))) return null;
  const family = tags[stackTags.family];
  if (family !== undefined && !families.includes(family)) {
    const meant = nearest(family, families);
    const hint = meant === undefined ? `known: ${families.join(', ')}` : `is ${meant} meant?`;
    return `${stackTags.family}=${family} names no family; ${hint}`;
  }
  for (const key of Object.keys(tags)) {
    if (keys.includes(key)) continue;
    const meant = keys.find((known) => nearMiss(key, known) === 'spelling');
    if (meant !== undefined) return `tag ${key} is nearly ${meant}: write it so`;
    if (key.startsWith(prefix)) return `tag ${key} means nothing; known: ${keys.join(', ')}`;
  }
  const other = keys.find((key) => key in tags);
  return family === undefined && other !== undefined
    ? `it has the tag ${other} and not ${stackTags.family}: without that it does not take part`
    : null;
};
