/** Numbers that the last line adds up. */
export interface Counts {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

/** What became of a step. */
export interface StepResult extends Counts {
  /** What to show of it: empty when there is nothing to mend. */
  readonly output: string;
}

/** One thing that has to hold, checked by a script of package.json. */
export interface Step {
  readonly title: string;
  readonly script: string;
  /** More arguments than package.json gives. */
  readonly args?: readonly string[];
  /** Reads the result from what the script leaves behind. @default one check, passed if the script ends with 0 */
  readonly result?: (run: ScriptRun) => StepResult;
}

/** How a script of package.json ended. */
export interface ScriptRun {
  readonly ok: boolean;
  readonly output: string;
}

/** A step that is one check. */
export const oneCheck = ({ ok, output }: ScriptRun): StepResult => ({
  passed: ok ? 1 : 0,
  failed: ok ? 0 : 1,
  skipped: 0,
  output: ok ? '' : output,
});
