declare const type: unique symbol;
const path = Symbol('path');

/** What a reference refers to, known to the compiler only. It has a name because compiler messages show it. */
export interface RefTo<T> {
  readonly [type]: T;
}

/**
 * A typed reference to a value that exists only while the machine runs. Reading a field yields the reference to that
 * field, so the path is never written by hand.
 *
 * There are no fields through arrays or nullable values: JSONPath would answer with a list, or fail.
 */
export type Ref<T> = RefTo<T> &
  (T extends readonly unknown[] ? unknown : T extends object ? { readonly [K in keyof T]-?: Ref<T[K]> } : unknown);

/**
 * A `T` whose leaves may be literals or references.
 *
 * A reference that may be absent fits nowhere, not even an optional field: Step Functions fails the execution
 * (`States.ParameterPathFailure`) when a path leads nowhere. Say `nullable` in the contract.
 */
export type Expr<T> =
  | Ref<Exclude<T, undefined>>
  | (T extends readonly (infer E)[]
      ? readonly Expr<E>[]
      : T extends object
        ? { readonly [K in keyof T]: Expr<T[K]> }
        : T);

/** The value behind an expression: references replaced by what they refer to. */
export type Resolved<S> =
  S extends RefTo<infer T>
    ? T
    : S extends readonly (infer E)[]
      ? readonly Resolved<E>[]
      : S extends object
        ? { readonly [K in keyof S]: Resolved<S[K]> }
        : S;

/** Field names that need no brackets in a JSONPath; tag names like `ami-rollout:family` do need them. */
const plainField = /^[A-Za-z_][A-Za-z0-9_]*$/;

const step = (field: string): string => {
  if (plainField.test(field)) return `.${field}`;
  if (/['\\]/.test(field)) throw new Error(`A path cannot contain the field ${JSON.stringify(field)}.`);
  return `['${field}']`;
};

/**
 * The reference to the value at a JSONPath. Paths are written in this folder only; machines start from `executionInput`
 * and from what their states return.
 */
export const ref = <T>(at: string): Ref<T> => {
  const target: object = { [path]: at };
  return new Proxy(target, {
    get: (_, key): unknown => {
      if (key === Symbol.toPrimitive) {
        throw new Error(`${at} exists only while the machine runs and cannot become part of a string.`);
      }
      return typeof key === 'symbol' ? Reflect.get(target, key) : ref(at + step(key));
    },
  }) as Ref<T>;
};

/** Whether a value is a reference, as opposed to a literal. */
export const isRef = (value: unknown): value is Ref<unknown> =>
  typeof value === 'object' && value !== null && path in value;

/** The JSONPath of a reference. */
export const pathOf = (reference: Ref<unknown>): string => (reference as unknown as { readonly [path]: string })[path];
