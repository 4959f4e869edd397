/** A finding that somebody answers for, for a time. */
export interface Waiver {
  /** The vulnerability's id, as Inspector calls it. */
  readonly cve: string;
  readonly owner: string;
  readonly reason: string;
  /** The last day, in UTC, on which it holds: `2026-12-31`. */
  readonly expires: string;
  /** Families it holds for; null: all. */
  readonly families: readonly string[] | null;
}
