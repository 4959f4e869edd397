import type { ScriptRun, StepResult } from './step.ts';

/** The part of Jest's JSON report that is read here. */
export interface JestReport {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numPendingTests: number;
  readonly numTodoTests: number;
  /** Files that broke before or between their tests; their tests are in no other number. */
  readonly numRuntimeErrorTestSuites: number;
  readonly testResults: readonly { readonly name: string; readonly status: string; readonly message: string }[];
}

/** Tests are counted one by one; a file that does not even load counts as one failed test. */
export const jestResult = ({ ok, output }: ScriptRun, report: JestReport | undefined, root: string): StepResult => {
  if (report === undefined) return { passed: 0, failed: 1, skipped: 0, output };
  const failures = report.testResults
    .filter(({ status }) => status === 'failed')
    .map(({ name, message }) => `${name.replace(root, '')}\n${message}`.trim());
  const failed = report.numFailedTests + report.numRuntimeErrorTestSuites;
  return {
    passed: report.numPassedTests,
    // Jest may fail for a reason of its own: obsolete snapshots, a worker that does not end, no tests at all.
    failed: ok ? failed : Math.max(1, failed),
    skipped: report.numPendingTests + report.numTodoTests,
    output: ok ? '' : failures.join('\n\n') || output,
  };
};
