/** Where the Context Object keeps what a definition calls `$$.Execution`. */
export const EXECUTION_KEY = 'Started';

const isPathField = (key: string) => key.endsWith('.$') || key.endsWith('Path') || key === 'Variable';

/**
 * A state's definition with every `$$.Execution` read from `$$.Started` instead. The interpreter overwrites
 * `Execution.Input` and `Execution.StartTime` at each of its runs, and here each state is a run of its own.
 */
export function withOwnContext<T>(definition: T, key = ''): T {
  if (typeof definition === 'string') {
    return isPathField(key) ? (definition.replaceAll('$$.Execution', () => `$$.${EXECUTION_KEY}`) as T) : definition;
  }
  if (Array.isArray(definition)) return definition.map((entry: unknown) => withOwnContext(entry)) as T;
  if (typeof definition !== 'object' || definition === null) return definition;
  return Object.fromEntries(
    Object.entries(definition).map(([name, value]: [string, unknown]) => [name, withOwnContext(value, name)]),
  ) as T;
}

/**
 * Path fields that the interpreter understands: `$` is left out, since it reads an InputPath of `$` over `null` as
 * missing and makes a field called `$` of a ResultPath; `$['a']` becomes `['a']` for the same reason.
 */
export function pathFields<F extends string>(
  state: Readonly<Partial<Record<F, unknown>>>,
  fields: readonly F[],
): Partial<Record<F, unknown>> {
  const kept: Partial<Record<F, unknown>> = {};
  for (const field of fields) {
    const value = state[field];
    if (value === undefined || value === '$') continue;
    kept[field] = field === 'ResultPath' && typeof value === 'string' ? value.replace(/^\$\[/, '[') : value;
  }
  return kept;
}
