import type { Condition } from '../../domain/ports/table.ts';
import type { Placeholders } from './placeholders.ts';

/** Holds always. DynamoDB has no constants, but every item either has a key or has none. */
export const always = '(attribute_exists(pk) OR attribute_not_exists(pk))';
const never = 'attribute_exists(pk) AND attribute_not_exists(pk)';

/** `IN` takes at most 100 operands. */
const mostOperands = 100;

const terms = (condition: Condition, put: Placeholders): string[] => {
  const of = <Value>(
    parts: Readonly<Record<string, Value>> = {},
    term: (attribute: string, value: Value) => string,
  ): string[] => Object.entries(parts).map(([attribute, value]) => term(attribute, value));
  const { name, value } = put;

  return [
    ...(condition.exists === undefined ? [] : [condition.exists ? 'attribute_exists(pk)' : 'attribute_not_exists(pk)']),
    ...of(condition.equals, (attribute, wanted) =>
      wanted === null
        ? `attribute_type(${name(attribute)}, ${value('NULL')})`
        : `${name(attribute)} = ${value(wanted)}`,
    ),
    ...of(condition.oneOf, (attribute, wanted) => {
      if (wanted.length > mostOperands) throw new Error(`oneOf takes at most ${mostOperands} values for ${attribute}`);
      return wanted.length === 0 ? never : `${name(attribute)} IN (${wanted.map(value).join(', ')})`;
    }),
    ...of(condition.lessThan, (attribute, bound) => `${name(attribute)} < ${value(bound)}`),
    ...of(
      condition.fewerThan,
      (attribute, count) => `(attribute_not_exists(${name(attribute)}) OR size(${name(attribute)}) < ${value(count)})`,
    ),
    ...of(condition.contains, (attribute, member) => `contains(${name(attribute)}, ${value(member)})`),
    ...(condition.or === undefined ? [] : [anyOf(condition.or, put)]),
  ];
};

const allOf = (condition: Condition, put: Placeholders): string => terms(condition, put).join(' AND ') || always;

/** AND binds before OR: only the alternatives as a whole need parentheses, and DynamoDB refuses superfluous ones. */
const anyOf = (conditions: readonly Condition[], put: Placeholders): string => {
  const [only, ...others] = conditions.map((condition) => allOf(condition, put));
  if (only === undefined) return never;
  return others.length === 0 ? only : `(${[only, ...others].join(' OR ')})`;
};

/**
 * The condition in DynamoDB's words, for `ConditionExpression`; undefined where it asks for nothing.
 * {@link https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Expressions.OperatorsAndFunctions.html}
 */
export const conditionExpression = (condition: Condition | undefined, put: Placeholders): string | undefined =>
  condition === undefined ? undefined : terms(condition, put).join(' AND ') || undefined;
