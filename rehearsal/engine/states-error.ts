/** Errors that no Retry and no Catch sees: the execution ends FAILED past them all. */
const UNCATCHABLE = new Set(['States.Runtime', 'States.DataLimitExceeded']);

/** A failure inside an execution, as Step Functions reports it: an error name to match and a cause to read. */
export class StatesError extends Error {
  override readonly name: string;
  readonly catchable: boolean;

  constructor(name: string, cause = '') {
    super(cause);
    this.name = name;
    this.catchable = !UNCATCHABLE.has(name);
  }

  /** Whether an `ErrorEquals` list names this error. `States.TaskFailed` stands for all but a timeout. */
  matches(errorEquals: readonly string[]): boolean {
    return (
      this.catchable &&
      errorEquals.some(
        (wanted) =>
          wanted === this.name ||
          wanted === 'States.ALL' ||
          (wanted === 'States.TaskFailed' && this.name !== 'States.Timeout'),
      )
    );
  }
}
