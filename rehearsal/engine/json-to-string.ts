const MARK = 'as JSON text';
const CALL = /^\s*States\.JsonToString\((.*)\)\s*$/s;

/** Whether a definition uses States.JsonToString at all. */
export const usesJsonToString = (definition: unknown): boolean =>
  JSON.stringify(definition).includes('States.JsonToString');

/**
 * A definition in which `States.JsonToString(x)` is `States.Array('mark', x)`. The interpreter takes every backslash
 * out of the text that an intrinsic function yields, which breaks JSON with quotes in it; `writeMarked` makes the
 * text afterwards instead. Inside another function there is no afterwards: that is refused.
 */
export function markJsonToString<T>(definition: T): T {
  if (typeof definition === 'string') {
    const [, argument] = CALL.exec(definition) ?? [];
    const marked = argument === undefined ? definition : `States.Array('${MARK}', ${argument})`;
    if (marked.includes('States.JsonToString')) {
      throw new Error(`the engine does not model States.JsonToString inside another function: ${definition}`);
    }
    return marked as T;
  }
  return mapValues(definition, markJsonToString);
}

/** The value with the marked parts as JSON text. */
export function writeMarked<T>(value: T): T {
  if (Array.isArray(value) && value.length === 2 && value[0] === MARK) return JSON.stringify(value[1]) as T;
  return mapValues(value, writeMarked);
}

function mapValues<T>(value: T, change: (inner: unknown) => unknown): T {
  if (Array.isArray(value)) return value.map(change) as T;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, change(inner)])) as T;
}
