import { Condition } from 'aws-cdk-lib/aws-stepfunctions';
import { isRef, pathOf, type Ref } from './references.ts';

/** What a Choice can compare. Absent values are not among them: a path that leads nowhere fails the execution. */
type Scalar = string | number | boolean | null;

/**
 * True when both are equal. A `null` on the left equals nothing here; ask `isNull`. Only strings are compared with a
 * reference: a comparison is named after its type, which a reference does not carry at run time.
 */
export const equals = <T extends Scalar>(
  left: Ref<T>,
  right: Exclude<NoInfer<T>, null> | Ref<Extract<NoInfer<T>, string>>,
): Condition =>
  isRef(right) ? Condition.stringEqualsJsonPath(pathOf(left), pathOf(right)) : equalsLiteral(pathOf(left), right);

const equalsLiteral = (at: string, value: string | number | boolean): Condition => {
  if (typeof value === 'string') return Condition.stringEquals(at, value);
  return typeof value === 'number' ? Condition.numberEquals(at, value) : Condition.booleanEquals(at, value);
};

/** True when the string is one of these. */
export const isOneOf = <T extends string | null>(
  left: Ref<T>,
  ...values: readonly [Exclude<NoInfer<T>, null>, ...Exclude<NoInfer<T>, null>[]]
): Condition => {
  const [first, ...rest] = values.map((value) => Condition.stringEquals(pathOf(left), value));
  if (first === undefined) throw new Error(`${pathOf(left)}: compare with one value at least.`);
  return rest.length === 0 ? first : Condition.or(first, ...rest);
};

export const isTrue = (value: Ref<boolean>): Condition => Condition.booleanEquals(pathOf(value), true);

export const isFalse = (value: Ref<boolean>): Condition => Condition.booleanEquals(pathOf(value), false);

/** True when the number is greater than zero. */
export const isPositive = (value: Ref<number>): Condition => Condition.numberGreaterThan(pathOf(value), 0);

export const isNull = (value: Ref<unknown>): Condition => Condition.isNull(pathOf(value));

export const isNotNull = (value: Ref<unknown>): Condition => Condition.isNotNull(pathOf(value));

export const and = (...conditions: readonly [Condition, Condition, ...Condition[]]): Condition =>
  Condition.and(...conditions);

export const or = (...conditions: readonly [Condition, Condition, ...Condition[]]): Condition =>
  Condition.or(...conditions);

export const not = (condition: Condition): Condition => Condition.not(condition);
