/** One entry of the append-only trail. `hash` covers the entry and the hash before it. */
export interface AuditEntry {
  readonly schemaVersion: number;
  readonly campaignId: string;
  /** The stack it is about, or null for the campaign itself. */
  readonly stackId: string | null;
  readonly sequence: number;
  readonly at: string;
  /** A person id, or the task that acted. */
  readonly who: string;
  readonly what: string;
  readonly why: string;
  readonly evidence: Readonly<Record<string, unknown>>;
  /** SHA-256 of the evidence, so that two decisions on the same evidence show it. */
  readonly evidenceHash: string;
  readonly previousHash: string;
  readonly hash: string;
}
