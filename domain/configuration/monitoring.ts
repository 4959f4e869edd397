/** From when on the product itself raises an alarm; null: no alarm. */
export interface Monitoring {
  readonly campaignHours: number | null;
  /** Least share of a gate's verdicts of a day that passed. */
  readonly gatePassPercent: number | null;
  readonly detectMinutes: number | null;
  readonly restoreMinutes: number | null;
  /** Waits that are overdue for half an hour. */
  readonly stuckTokens: number | null;
  /** Messages in a handler's dead-letter queue. */
  readonly deadLetters: number | null;
  /** Since the last promotion of a family. */
  readonly imageStalenessDays: number | null;
  /** Since the last successful drill of a designated stack. */
  readonly drillDays: number | null;
  /** From the making of an image until 90 % of the instances run it. */
  readonly adoptionHours: number | null;
}
