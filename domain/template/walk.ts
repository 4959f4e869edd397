import { isMapping, type Mapping } from './intrinsic.ts';

/** Every object inside a value, the value itself first, at any depth: also inside the branches of `Fn::If`. */
export function* mappingsIn(value: unknown): Generator<Mapping> {
  if (isMapping(value)) yield value;
  if (typeof value !== 'object' || value === null) return;
  for (const child of Object.values(value)) yield* mappingsIn(child);
}

/** What every key of this name inside a value holds. */
export function* valuesOf(key: string, value: unknown): Generator {
  for (const mapping of mappingsIn(value)) if (Object.hasOwn(mapping, key)) yield mapping[key];
}
