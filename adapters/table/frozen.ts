const refuse = (): never => {
  throw new TypeError('the set was read from the table: copy it before changing it');
};

/** `Object.freeze` does not reach a set's members. */
const frozenSet = (members: Iterable<string>): ReadonlySet<string> =>
  Object.freeze(Object.assign(new Set(members), { add: refuse, delete: refuse, clear: refuse }));

const isPlain = (value: object): boolean => {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
};

/**
 * A deeply frozen copy, in the form in which DynamoDB would give the value back: without what is undefined and without
 * empty sets. Throws on what the table cannot hold, so that a test fails where a deployment would.
 */
export const frozen = (value: unknown): unknown => {
  switch (typeof value) {
    case 'string':
    case 'boolean':
    case 'undefined':
      return value;
    case 'number':
      if (Number.isFinite(value)) return value;
      break;
    case 'object':
      if (value === null) return null;
      if (Array.isArray(value)) return Object.freeze(value.filter((part) => part !== undefined).map(frozen));
      if (value instanceof Set) return value.size === 0 ? undefined : frozenSet(value as Set<string>);
      if (isPlain(value)) return Object.freeze(frozenFields(value));
      break;
    default:
  }
  throw new TypeError(`the table holds JSON and sets of strings only, not ${String(value)}`);
};

/** The object's fields as frozen copies; the object itself may still be added to. */
export const frozenFields = (from: object): Record<string, unknown> => {
  const copy: Record<string, unknown> = {};
  for (const name in from) {
    const field = frozen((from as Record<string, unknown>)[name]);
    if (field !== undefined) copy[name] = field;
  }
  return copy;
};
