/** A finding in a build that stacks run: who tells of it, and what is done about it. */
export interface Alert {
  readonly schemaVersion: number;
  readonly family: string;
  readonly build: string;
  /** What was found, in one value: the same findings are one alert. */
  readonly fingerprint: string;
  readonly reasons: readonly string[];
  /** The event that has taken it, and when; ISO 8601. */
  readonly by: string;
  readonly at: string;
  /** The operators have been told. */
  readonly told: boolean;
  /** Everything that follows has been set going. */
  readonly done: boolean;
}
