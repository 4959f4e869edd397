import type { TagRule } from '../configuration.ts';
import { nearest, nearMiss } from './near-miss.ts';

type Tags = Readonly<Record<string, string>>;

const compiled = (pattern: string): RegExp | undefined => {
  try {
    return new RegExp(`^(?:${pattern})$`);
  } catch {
    return undefined;
  }
};

const fits = ({ values, pattern }: TagRule, value: string): boolean =>
  value.trim() !== '' &&
  (values === null || values.includes(value)) &&
  (pattern === null || (compiled(pattern)?.test(value) ?? false));

/** What the value most probably should have been: an allowed value near it, or the same text without its dressing. */
const corrected = (rule: TagRule, value: string): string | undefined => {
  const bare = value.trim();
  const dressed = [bare, bare.replace(/^v/i, ''), bare.toLowerCase(), bare.toUpperCase()];
  const near = rule.values === null ? undefined : nearest(value, rule.values);
  return [...dressed, ...(near === undefined ? [] : [near])].find((candidate) => fits(rule, candidate));
};

const expected = ({ values, pattern }: TagRule): string => {
  if (values !== null) return values.length === 1 ? values.join() : `one of ${values.join(', ')}`;
  return pattern === null ? 'a value' : `a value that matches ${pattern}`;
};

/** A tag that was meant to be the rule's: another spelling of the key, or a short form of it where the value says so too. */
const misspelt = (rule: TagRule, tags: Tags, otherKeys: readonly string[]): readonly [string, string] | undefined => {
  const candidates = Object.entries(tags).filter(([key]) => !otherKeys.includes(key));
  const anyValue = rule.values === null && rule.pattern === null;
  const meant = (value: string): boolean => (anyValue ? rule.required : corrected(rule, value) !== undefined);
  return (
    candidates.find(([key]) => nearMiss(key, rule.key) === 'spelling') ??
    candidates.find(([key, value]) => nearMiss(key, rule.key) === 'abbreviation' && meant(value))
  );
};

/**
 * What is wrong with the image's tags by this rule, as one sentence with its correction; undefined where nothing is.
 * A near miss is wrong even where the tag is optional: somebody meant to say something.
 */
export const tagRuleReason = (rule: TagRule, tags: Tags, otherKeys: readonly string[]): string | undefined => {
  const value = Object.hasOwn(tags, rule.key) ? tags[rule.key] : undefined;
  if (value !== undefined) {
    if (fits(rule, value)) return undefined;
    const right = corrected(rule, value);
    const mend = right === undefined ? `set it to ${expected(rule)}` : `set ${rule.key}=${right}`;
    return `Tag ${rule.key}=${value} is not accepted: ${mend}.`;
  }
  const near = misspelt(rule, tags, otherKeys);
  if (near !== undefined) {
    const [key, given] = near;
    const right = corrected(rule, given);
    const mend = right === undefined ? `use the key ${rule.key} with ${expected(rule)}` : `set ${rule.key}=${right}`;
    return `Tag ${key}=${given} is not the tag ${rule.key}: ${mend} and remove ${key}.`;
  }
  return rule.required ? `Tag ${rule.key} is missing: set it to ${expected(rule)}.` : undefined;
};
