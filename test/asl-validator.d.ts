/** The validator of the Amazon States Language ships no types; this is what the tests use of it. */
declare module 'asl-validator' {
  interface Result {
    readonly isValid: boolean;
    readonly errors: readonly unknown[];
    errorsText(separator?: string): string;
  }
  const validate: (
    definition: unknown,
    options?: { readonly checkPaths?: boolean; readonly checkArn?: boolean },
  ) => Result;
  export default validate;
}
