import type { ServiceModel, Shape } from './service-model.ts';

/** The SDK's types of JavaScript for the types of a model. */
const isOfType: Readonly<Record<string, (value: unknown) => boolean>> = {
  string: (value) => typeof value === 'string',
  character: (value) => typeof value === 'string',
  integer: (value) => Number.isInteger(value),
  long: (value) => Number.isInteger(value),
  float: (value) => typeof value === 'number',
  double: (value) => typeof value === 'number',
  boolean: (value) => typeof value === 'boolean',
  timestamp: (value) => value instanceof Date,
  blob: (value) => value instanceof Uint8Array || typeof value === 'string' || typeof value === 'object',
  list: (value) => Array.isArray(value),
  map: (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
  structure: (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
};

const patterns = new Map<string, RegExp | null>();

/** Java's notation where JavaScript has the same; null where it has not, and nothing is checked. */
const patternOf = (text: string): RegExp | null => {
  const known = patterns.get(text);
  if (known !== undefined) return known;
  let pattern: RegExp | null = null;
  try {
    pattern = new RegExp(`^(?:${text})$`, 'u');
  } catch {
    pattern = null;
  }
  patterns.set(text, pattern);
  return pattern;
};

const sizeOf = (value: unknown, type: string): number | null => {
  if (type === 'map' && typeof value === 'object' && value !== null) return Object.keys(value).length;
  if (typeof value === 'string') return value.length;
  return typeof value === 'number' ? value : Array.isArray(value) ? value.length : null;
};

const limits = (shape: Shape, value: unknown): readonly string[] => {
  const size = sizeOf(value, shape.type);
  const { min, max, pattern, enum: choices } = shape;
  return [
    ...(size !== null && min !== undefined && size < min ? [`is less than ${min}`] : []),
    ...(size !== null && max !== undefined && size > max ? [`is more than ${max}`] : []),
    ...(typeof value === 'string' && pattern !== undefined && patternOf(pattern)?.test(value) === false
      ? [`does not match ${pattern}`]
      : []),
    ...(typeof value === 'string' && choices !== undefined && !choices.includes(value)
      ? [`is none of ${choices.join(', ')}`]
      : []),
  ];
};

/** Whether a service would take the value, or has ever sent it: `request` is held to every limit, `answer` to its form. */
export type Strictness = 'request' | 'answer';

/** What of a value its shape does not allow, each with its path. */
export const shapeProblems = (
  model: ServiceModel,
  name: string,
  value: unknown,
  strictness: Strictness,
  path = '',
): readonly string[] => {
  const shape = model.shapes[name];
  if (shape === undefined) return [`${path}: the model has no shape ${name}`];
  // The SDK leaves out what is undefined.
  if (value === undefined) return [];
  if (isOfType[shape.type]?.(value) === false) return [`${path}: is no ${shape.type}`];
  const own = strictness === 'request' ? limits(shape, value).map((problem) => `${path}: ${problem}`) : [];
  const below = (inner: string, one: unknown, step: string): readonly string[] =>
    shapeProblems(model, inner, one, strictness, `${path}${step}`);
  if (Array.isArray(value))
    return [...own, ...value.flatMap((one, index) => below(shape.member?.shape ?? '', one, `[${index}]`))];
  if (typeof value !== 'object' || value === null || value instanceof Date || shape.type === 'blob') return own;
  const entries = Object.entries(value as Readonly<Record<string, unknown>>).filter(([, one]) => one !== undefined);
  if (shape.type === 'map')
    return [
      ...own,
      ...entries.flatMap(([key, one]) => [
        ...below(shape.key?.shape ?? '', key, `{${key}}`),
        ...below(shape.value?.shape ?? '', one, `.${key}`),
      ]),
    ];
  const members = shape.members ?? {};
  const given = new Set(entries.map(([key]) => key));
  const missing = strictness === 'request' ? (shape.required ?? []).filter((key) => !given.has(key)) : [];
  return [
    ...own,
    ...missing.map((key) => `${path}.${key}: is missing`),
    ...entries.flatMap(([key, one]) => {
      const member = members[key];
      return member === undefined ? [`${path}.${key}: is not in the model`] : below(member.shape, one, `.${key}`);
    }),
  ];
};
