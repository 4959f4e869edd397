import type * as z from 'zod/mini';

/**
 * Whether Step Functions may try the task again after this error. Decided here, once, for handler and machine alike.
 * `retry` is for passing trouble (throttling, a busy service), `final` for facts that a second try will not change.
 */
export type Retryability = 'retry' | 'final';

/** Who finishes the task: its function by returning, or whoever completes its task token. */
export type Completion = 'return' | 'callback';

/**
 * What one task takes, gives and may fail with. The handler validates against it at run time and the state machine is
 * typed by it at compile time, so that neither can drift from the other.
 *
 * Inputs and outputs are closed under JSON: no dates, no transforms, no `undefined` (say `nullable`).
 */
export interface Contract<
  I extends z.ZodMiniType = z.ZodMiniType,
  O extends z.ZodMiniType = z.ZodMiniType,
  E extends Record<string, Retryability> = Record<string, Retryability>,
  M extends Completion = Completion,
> {
  /** Title Case, as the console shows it. The handler's file and function are its kebab-case form. */
  readonly name: string;
  /**
   * `return`: the handler's return value is the result.
   * `callback`: the machine passes a task token and waits until somebody completes it with the output.
   */
  readonly completes: M;
  readonly input: I;
  readonly output: O;
  /** Error names that the task may fail with, beside `ContractViolation` and the ones Lambda itself raises. */
  readonly errors: E;
}

/** Declares a contract; infers every type from its schemas. */
export const contract = <
  const I extends z.ZodMiniType,
  const O extends z.ZodMiniType,
  const E extends Record<string, Retryability>,
  const M extends Completion,
>(
  of: Contract<I, O, E, M>,
): Contract<I, O, E, M> => of;

/** What the machine must supply to a task. */
export type InputOf<C extends Contract> = z.input<C['input']>;
/** What a task gives to later states. */
export type OutputOf<C extends Contract> = z.output<C['output']>;
/** The names a Catch or Retry on the task may use, beside `States.*`. */
export type ErrorOf<C extends Contract> = Extract<keyof C['errors'], string>;

/** The kebab-case form of a Title Case name: `Claim Stack` → `claim-stack`. */
export const kebabCase = (name: string): string => name.toLowerCase().replaceAll(' ', '-');
