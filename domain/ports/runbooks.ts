/** How a run of a boot check's runbook stands. */
export type RunbookOutcome =
  | { readonly state: 'running' }
  /** SSM has not managed the instance in the time for it, or could not be asked. */
  | { readonly state: 'not managed'; readonly cause: string; readonly endedAt?: string | undefined }
  /** The document has ended; `passed` says how. */
  | {
      readonly state: 'ended';
      readonly passed: boolean;
      /** What ended it, where it has not passed. */
      readonly cause: string;
      /** As SSM keeps it: the beginning of what the commands have written. */
      readonly output: string;
      readonly exitCode: string | null;
      /** When the run ended, ISO 8601; undefined where AWS does not say. */
      readonly endedAt?: string | undefined;
    }
  /** It ended without an answer: somebody has stopped it. */
  | { readonly state: 'broken'; readonly cause: string };

/** The runbook cannot be started; the message says why. */
export class RunbookRefused extends Error {
  override readonly name = 'RunbookRefused';
}

/** Runbooks of SSM Automation that wait for an instance and run a document on it, in the hub's account and region. */
export interface Runbooks {
  /** The same key starts once and gives the same run. Throws RunbookRefused. */
  start(runbook: string, instanceId: string, key: string): Promise<string>;
  /** Undefined where there is no such run. */
  outcome(runId: string): Promise<RunbookOutcome | undefined>;
}
