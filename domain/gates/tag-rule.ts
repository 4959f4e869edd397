import type { TagRule } from '../configuration/family.ts';
import { nearest, nearMiss, sameLetters } from './near-miss.ts';
import { reason, type Reason } from './reason.ts';
import { isOfType, toType, typeWords } from './tag-type.ts';

type Tags = Readonly<Record<string, string>>;

const compiled = (pattern: string): RegExp | undefined => {
  try {
    return new RegExp(`^(?:${pattern})$`);
  } catch {
    return undefined;
  }
};

const fits = ({ type, values, pattern }: TagRule, value: string): boolean =>
  value.trim() !== '' &&
  isOfType(type, value) &&
  (values === null || values.includes(value)) &&
  (pattern === null || (compiled(pattern)?.test(value) ?? false));

/** What the value most probably should have been: an allowed value near it, or the same text without its dressing. */
const corrected = (rule: TagRule, value: string): string | undefined => {
  const bare = value.trim();
  const dressed = [bare, bare.replace(/^v/i, ''), bare.toLowerCase(), bare.toUpperCase(), toType(rule.type, value)];
  const near = rule.values === null ? undefined : nearest(value, rule.values);
  return [...dressed, near].find((candidate) => candidate !== undefined && fits(rule, candidate));
};

const expected = ({ type, values, pattern }: TagRule): string => {
  if (values !== null) return values.length === 1 ? values.join() : `one of ${values.join(', ')}`;
  if (pattern === null) return typeWords[type];
  return `${type === 'text' ? 'a value' : typeWords[type]} that matches ${pattern}`;
};

type Entry = readonly [key: string, value: string];

const isAny = ({ type, values, pattern }: TagRule): boolean => type === 'text' && values === null && pattern === null;

/** Tags that were meant to be the rule's, best guess first: another spelling of the key, or a short form of it where the value says so too. */
const meant = (rule: TagRule, tags: Tags, otherKeys: readonly string[]): readonly Entry[] => {
  const candidates = Object.entries(tags).filter(([key]) => key !== rule.key && !otherKeys.includes(key));
  const speaks = (value: string): boolean => (isAny(rule) ? rule.required : corrected(rule, value) !== undefined);
  return [
    ...candidates.filter(([key]) => nearMiss(key, rule.key) === 'spelling'),
    ...candidates.filter(([key, value]) => nearMiss(key, rule.key) === 'abbreviation' && speaks(value)),
  ];
};

const show = ([key, value]: Entry): string => `${key}=${value}`;

/** Beside the right key: the same key in another spelling, or one that is near it and says something else. */
const besides = (rule: TagRule, value: string, tags: Tags, otherKeys: readonly string[]): readonly Reason[] => {
  const right = corrected(rule, value) ?? value;
  return meant(rule, tags, otherKeys).flatMap(([key, given]) => {
    const other = corrected(rule, given);
    const same = (other ?? given) === right;
    if (!sameLetters(key, rule.key) && (isAny(rule) || other === undefined || same)) return [];
    return same
      ? [reason('tag-repeated', `Tag ${key}=${given} says again what ${rule.key}=${right} says: remove ${key}.`)]
      : [
          reason(
            'tag-conflict',
            `Tags ${rule.key}=${value} and ${key}=${given} say two things: keep the right value in ${rule.key} and remove ${key}.`,
          ),
        ];
  });
};

/** What is wrong where the rule's own key is missing. */
const withoutKey = (rule: TagRule, tags: Tags, otherKeys: readonly string[]): Reason | undefined => {
  const found = meant(rule, tags, otherKeys);
  const [first] = found;
  if (first === undefined)
    return rule.required
      ? reason('tag-missing', `Tag ${rule.key} is missing: set it to ${expected(rule)}.`)
      : undefined;
  const [key, given] = first;
  const right = corrected(rule, given);
  // A short form beside a full spelling is told apart by the value only where the rule knows values.
  const rivals = found.filter(
    ([other, value]) =>
      (corrected(rule, value) ?? value) !== (right ?? given) && (!isAny(rule) || sameLetters(other, rule.key)),
  );
  if (rivals.length > 0) {
    const all = [first, ...rivals];
    return reason(
      'tag-conflict',
      `Tags ${all.map(show).join(' and ')} all stand for ${rule.key} and say different things: set ${rule.key} to ${expected(rule)} and remove ${all.map(([name]) => name).join(', ')}.`,
    );
  }
  const mend = right === undefined ? `use the key ${rule.key} with ${expected(rule)}` : `set ${rule.key}=${right}`;
  return reason('tag-key', `Tag ${key}=${given} is not the tag ${rule.key}: ${mend} and remove ${key}.`);
};

/**
 * What is wrong with the image's tags by this rule, each as one sentence with its correction. A near miss is wrong even
 * where the tag is optional: somebody meant to say something.
 */
export const tagRuleReasons = (rule: TagRule, tags: Tags, otherKeys: readonly string[]): readonly Reason[] => {
  const value = Object.hasOwn(tags, rule.key) ? tags[rule.key] : undefined;
  if (value === undefined) {
    const missed = withoutKey(rule, tags, otherKeys);
    return missed === undefined ? [] : [missed];
  }
  const conflicts = besides(rule, value, tags, otherKeys);
  if (fits(rule, value)) return conflicts;
  const right = corrected(rule, value);
  const mend = right === undefined ? `set it to ${expected(rule)}` : `set ${rule.key}=${right}`;
  return [reason('tag-value', `Tag ${rule.key}=${value} is not accepted: ${mend}.`), ...conflicts];
};
