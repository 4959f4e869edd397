import type { Attributes, Changes, Key } from '../../domain/ports/table.ts';
import { frozen } from './frozen.ts';

/**
 * Whether the attribute belongs to the key, which an update may repeat (records that were read carry it) but not
 * change: then it throws.
 */
export const isOfKey = (key: Key, name: string, value: unknown): boolean => {
  if (name !== 'pk' && name !== 'sk') return false;
  if (value === key[name]) return true;
  throw new TypeError(`an update of ${key.pk} / ${key.sk} cannot change ${name}: put another item and delete this one`);
};

const asSet = (value: unknown, name: string): Set<string> => {
  if (value === undefined) return new Set();
  if (value instanceof Set) return new Set(value as Set<string>);
  throw new TypeError(`${name} is not a set of strings`);
};

/** The item after the changes; `before` is undefined where there is none yet. */
export const changedItem = (before: Attributes | undefined, key: Key, changes: Changes): Attributes => {
  const after: Record<string, unknown> = before === undefined ? { pk: key.pk, sk: key.sk } : { ...before };
  const seen = Object.keys(changes).length > 1 ? new Set<string>() : undefined;
  const write = (name: string, value: unknown): void => {
    if (seen?.has(name)) throw new TypeError(`${name} is changed twice in one update of ${key.pk} / ${key.sk}`);
    seen?.add(name);
    const copy = frozen(value);
    if (copy === undefined) Reflect.deleteProperty(after, name);
    else after[name] = copy;
  };
  for (const name in changes.set) {
    const value = changes.set[name];
    if (value !== undefined && !isOfKey(key, name, value)) write(name, value);
  }
  for (const name of changes.remove ?? []) write(name, undefined);
  for (const name in changes.add) {
    const value = before?.[name] ?? 0;
    if (typeof value !== 'number') throw new TypeError(`${name} is not a number`);
    write(name, value + (changes.add[name] ?? 0));
  }
  for (const name in changes.addToSet) write(name, asSet(before?.[name], name).add(changes.addToSet[name] ?? ''));
  for (const name in changes.removeFromSet) {
    const left = asSet(before?.[name], name);
    left.delete(changes.removeFromSet[name] ?? '');
    write(name, left);
  }
  return Object.freeze(after);
};
