import type { Changes, Key } from '../../domain/ports/table.ts';
import { isOfKey } from './changed-item.ts';
import type { Placeholders } from './placeholders.ts';
import { storable } from './storable.ts';

/**
 * The changes in DynamoDB's words, for `UpdateExpression`; undefined where nothing changes (the item is made all the
 * same). Setting an empty set removes it: DynamoDB has none.
 * {@link https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Expressions.UpdateExpressions.html}
 */
export const updateExpression = (key: Key, changes: Changes, put: Placeholders): string | undefined => {
  const set = Object.entries(changes.set ?? {})
    .filter(([name, value]) => value !== undefined && !isOfKey(key, name, value))
    .map(([name, value]) => [name, storable(value)] as const);
  const section = (keyword: string, parts: readonly string[]): string[] =>
    parts.length === 0 ? [] : [`${keyword} ${parts.join(', ')}`];
  const pairs = (parts: Readonly<Record<string, unknown>> = {}, wrap = (value: unknown) => value): string[] =>
    Object.entries(parts).map(([name, value]) => `${put.name(name)} ${put.value(wrap(value))}`);
  const asSet = (member: unknown) => new Set([member]);

  const expression = [
    ...section(
      'SET',
      set.filter(([, value]) => value !== undefined).map(([name, value]) => `${put.name(name)} = ${put.value(value)}`),
    ),
    ...section('REMOVE', [
      ...set.filter(([, value]) => value === undefined).map(([name]) => put.name(name)),
      ...(changes.remove ?? []).map((name) => put.name(name)),
    ]),
    ...section('ADD', [...pairs(changes.add), ...pairs(changes.addToSet, asSet)]),
    ...section('DELETE', pairs(changes.removeFromSet, asSet)),
  ].join(' ');
  return expression === '' ? undefined : expression;
};
