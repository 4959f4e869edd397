import type { Attributes, Condition } from '../../domain/ports/table.ts';
import { byteOrder } from './byte-order.ts';

const every = <Value>(
  parts: Readonly<Record<string, Value>> | undefined,
  holds: (name: string, value: Value) => boolean,
): boolean => {
  for (const name in parts) if (!holds(name, parts[name] as Value)) return false;
  return true;
};

/** DynamoDB never finds a number below a string, nor a string below a number. */
const isBelow = (left: unknown, right: string | number): boolean =>
  typeof left === 'string' && typeof right === 'string'
    ? byteOrder(left, right) < 0
    : typeof left === 'number' && typeof right === 'number' && left < right;

/** Whether the item is in the state that the condition asks for, as DynamoDB would judge it. */
export const conditionHolds = (item: Attributes | undefined, condition: Condition): boolean => {
  if (condition.exists !== undefined && condition.exists !== (item !== undefined)) return false;
  const at = (name: string): unknown => item?.[name];
  return (
    every(condition.equals, (name, value) => at(name) === value) &&
    every(condition.oneOf, (name, values) => (values as readonly unknown[]).includes(at(name))) &&
    every(condition.lessThan, (name, value) => isBelow(at(name), value)) &&
    every(condition.fewerThan, (name, count) => {
      const value = at(name);
      return value === undefined || (value instanceof Set && value.size < count);
    }) &&
    every(condition.contains, (name, member) => {
      const value = at(name);
      return value instanceof Set && value.has(member);
    }) &&
    (condition.or === undefined || condition.or.some((part) => conditionHolds(item, part)))
  );
};
