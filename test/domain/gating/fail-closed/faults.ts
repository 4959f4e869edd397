import fc from 'fast-check';
import { sdkError } from '../../../adapters/aws/sessions-for-tests.ts';

export type Path = readonly (string | number)[];

/** A place in one answer; the empty path is the answer itself. */
export interface Site {
  readonly operation: string;
  /** Which of the run's calls of this operation. */
  readonly nth: number;
  readonly path: Path;
}

/** What can be in the place of a value. None is a value that any of the fields read could rightly have. */
const values = {
  missing: undefined,
  null: null,
  'an unknown text': 'x-unknown',
  'an empty text': '',
  'a number': -12_345,
  true: true,
  false: false,
  'an empty list': [],
  'a list of nothing': [null],
  'a list of empty records': [{}],
  'an empty record': {},
  'a date that is none': new Date(Number.NaN),
  'a date to come': new Date('2099-01-01T00:00:00.000Z'),
  'bytes that are no JSON': new TextEncoder().encode('<html>'),
} as const;

/** How AWS refuses; adapters look at some of the names. */
const refusals = {
  ThrottlingException: 429,
  InternalError: 500,
  AccessDeniedException: 403,
  ValidationException: 400,
  'InvalidAMIID.NotFound': 400,
  'InvalidSnapshot.NotFound': 400,
  NotFoundException: 400,
  VcpuLimitExceeded: 400,
  ExecutionDoesNotExist: 400,
  AutomationExecutionNotFoundException: 400,
} as const;

export type Kind = keyof typeof values | keyof typeof refusals | 'endless pages';

export interface Fault extends Site {
  readonly kind: Kind;
  /** Whether the operation's later calls are struck as well. */
  readonly always: boolean;
}

const isList = (value: unknown): value is readonly unknown[] => Array.isArray(value);

const isPlain = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' &&
  value !== null &&
  [Object.prototype, null].includes(Object.getPrototypeOf(value) as object | null);

const pathsOf = (value: unknown, path: Path = []): readonly Path[] => [
  path,
  ...(isList(value)
    ? value.flatMap((one, index) => pathsOf(one, [...path, index]))
    : isPlain(value)
      ? Object.entries(value).flatMap(([key, one]) => pathsOf(one, [...path, key]))
      : []),
];

export const sitesOf = (operation: string, nth: number, answer: unknown): readonly Site[] =>
  pathsOf(answer).map((path) => ({ operation, nth, path }));

const put = (value: unknown, [key, ...rest]: Path, given: unknown): unknown => {
  if (key === undefined) return given;
  if (isList(value)) return value.map((one, index) => (index === key ? put(one, rest, given) : one));
  const record = value as Readonly<Record<string, unknown>>;
  return { ...record, [key]: put(record[key], rest, given) };
};

const at = (value: unknown, path: Path): { readonly value: unknown } | undefined => {
  let found = value;
  for (const key of path) {
    if (!(isList(found) || isPlain(found)) || !Object.hasOwn(found, key)) return undefined;
    found = (found as Readonly<Record<string | number, unknown>>)[key];
  }
  return { value: found };
};

const same = (a: unknown, b: unknown): boolean => a === b || JSON.stringify([a]) === JSON.stringify([b]);

let pagesGiven = 0;

/** The answer with the fault in it, or the refusal in its place; undefined where the fault changes nothing. */
export const faultIn = (
  answer: unknown,
  { kind, path }: Fault,
): { readonly answer: unknown; readonly refusal?: Error } | undefined => {
  const found = at(answer, path);
  if (!found) return undefined;
  if (kind in refusals) {
    const name = kind as keyof typeof refusals;
    return { answer, refusal: sdkError(name, 'no', refusals[name]) };
  }
  if (kind === 'endless pages') {
    const token = `page-${pagesGiven++}`;
    return { answer: { ...(answer as object), NextToken: token, nextToken: token } };
  }
  const given = values[kind as keyof typeof values];
  return same(found.value, given) ? undefined : { answer: put(answer, path, given) };
};

/** Up to three faults anywhere in the answers of a run. */
export const faultsAt = (sites: readonly Site[]): fc.Arbitrary<readonly Fault[]> => {
  const always = fc.boolean();
  const wrong = fc.record({
    site: fc.constantFrom(...sites),
    kind: fc.constantFrom(...(Object.keys(values) as Kind[])),
    always,
  });
  const refused = fc.record({
    site: fc.constantFrom(...sites.filter(({ path }) => path.length === 0)),
    kind: fc.constantFrom(...(Object.keys(refusals) as Kind[]), 'endless pages' as const),
    always,
  });
  const fault = fc
    .oneof({ weight: 8, arbitrary: wrong }, { weight: 1, arbitrary: refused })
    .map(({ site, ...rest }): Fault => ({ ...site, ...rest }));
  return fc.array(fault, { minLength: 1, maxLength: 3 });
};

/** Every single fault there can be. */
export const everyFault = (sites: readonly Site[], always: boolean): readonly Fault[] =>
  sites.flatMap((site) => {
    const kinds = Object.keys(values) as Kind[];
    const more = site.path.length === 0 ? [...(Object.keys(refusals) as Kind[]), 'endless pages' as const] : [];
    return [...kinds, ...more].map((kind): Fault => ({ ...site, kind, always: always || kind === 'endless pages' }));
  });

/** Where and what, for the message of a test. */
export const told = ({ operation, nth, path, kind, always }: Fault): string =>
  `${operation}[${nth}${always ? '+' : ''}].${path.join('.')}: ${kind}`;
