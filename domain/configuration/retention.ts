/** How long things are kept, in days. What is in the table has no end: a chain with its first links gone proves nothing. */
export interface Retention {
  /** Inventories, plans and reports in the bucket. */
  readonly planDays: number;
  /** Logs in CloudWatch; one of the periods that CloudWatch knows. */
  readonly logDays: number;
  /** The way back: how long a replaced image stays held from deregistration after the next promotion. */
  readonly previousImageDays: number;
  /** Whether a held image is protected from deregistration as well, and for a day longer than it is held. */
  readonly protectPreviousImage: 'no' | 'yes' | 'withCooldown';
  /** A replaced image becomes deprecated so many days after; null: it does not. */
  readonly deprecateAfterDays: number | null;
}
