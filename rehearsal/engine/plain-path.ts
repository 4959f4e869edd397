/** What a plain path gives where it leads nowhere, or where the interpreter has to say what is there. */
export const unknownValue: unique symbol = Symbol('unknown value');

/** Reads one path out of a state's input and the Context Object. */
export type PlainPath = (input: unknown, context: unknown) => unknown;

const plain = /^\$\$?(\.[A-Za-z_][A-Za-z0-9_]*)*$/;

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * A path of nothing but field names, which is nearly every path of a definition: reading it directly takes a hundredth of
 * what the interpreter takes. Everything else, and whatever is not simply there, stays with the interpreter: it knows
 * the rules and words the errors.
 */
export const plainPath = (path: string): PlainPath | undefined => {
  if (!plain.test(path)) return undefined;
  const ofContext = path.startsWith('$$');
  const fields = path.split('.').slice(1);
  return (input, context) => {
    let value = ofContext ? context : input;
    if (!isObject(value)) return unknownValue;
    for (const [index, field] of fields.entries()) {
      if (!isObject(value) || !Object.hasOwn(value, field)) return unknownValue;
      value = value[field];
      if (value === undefined || (value === null && index < fields.length - 1)) return unknownValue;
    }
    return value;
  };
};

const isPathName = (name: string) => name.endsWith('.$');

/** A payload template of literals and plain paths; undefined where anything in it is more than that. */
export const plainTemplate = (template: unknown): PlainPath | undefined => {
  if (Array.isArray(template)) return undefined;
  if (!isObject(template)) return () => template;
  const fields: (readonly [string, PlainPath])[] = [];
  for (const [name, value] of Object.entries(template)) {
    const read = isPathName(name) ? (typeof value === 'string' ? plainPath(value) : undefined) : plainTemplate(value);
    if (read === undefined) return undefined;
    fields.push([isPathName(name) ? name.slice(0, -2) : name, read]);
  }
  return (input, context) => {
    const made: Record<string, unknown> = {};
    for (const [name, read] of fields) {
      const value = read(input, context);
      if (value === unknownValue) return unknownValue;
      made[name] = value;
    }
    return made;
  };
};

/** Puts the result into the input as `ResultPath: $.name` does; undefined for any other path. */
export const plainResultPath = (path: unknown): ((input: unknown, result: unknown) => unknown) | undefined => {
  if (path === undefined) return (_, result) => result;
  if (path === null) return (input) => input;
  const [, name] = /^\$\.([A-Za-z_][A-Za-z0-9_]*)$/.exec(typeof path === 'string' ? path : '') ?? [];
  if (name === undefined) return undefined;
  return (input, result) => (isObject(input) && result !== undefined ? { ...input, [name]: result } : unknownValue);
};
