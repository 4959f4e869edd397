/** An object, neither array nor null. */
export type Mapping = Readonly<Record<string, unknown>>;

/** Whether the value is an object with keys. */
export const isMapping = (value: unknown): value is Mapping =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A call of a CloudFormation function in its long form: `{ "Fn::Sub": … }`, `{ "Ref": … }`. */
export interface Intrinsic {
  readonly name: string;
  readonly argument: unknown;
}

/** Reads a value as a function call; `null` when it is plain data. */
export const intrinsic = (value: unknown): Intrinsic | null => {
  if (!isMapping(value)) return null;
  const [entry, ...others] = Object.entries(value);
  if (!entry || others.length > 0) return null;
  const [name, argument] = entry;
  return name === 'Ref' || name === 'Condition' || name.startsWith('Fn::') ? { name, argument } : null;
};

/**
 * The values an attribute may take, one for each branch of its `Fn::If`s; `AWS::NoValue` counts as not given.
 * Conditions are not evaluated: they hang on parameters whose values the template does not have.
 */
export const branches = (value: unknown): unknown[] => {
  const call = intrinsic(value);
  if (call?.name === 'Ref' && call.argument === 'AWS::NoValue') return [undefined];
  if (call?.name !== 'Fn::If' || !Array.isArray(call.argument)) return [value];
  return call.argument.slice(1).flatMap(branches);
};
