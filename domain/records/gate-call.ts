import type { Category } from '../configuration/category.ts';

/** One custom gate that a campaign asks. */
export interface GateCall {
  readonly schemaVersion: number;
  readonly campaignId: string;
  /** The gate's name in the configuration. */
  readonly gate: string;
  readonly image: { readonly id: string; readonly region: string };
  readonly category: Category;
  readonly askedAt: string;
  /** No answer by then is a failed one. */
  readonly deadline: string;
  /** open: an answer is accepted. answered, failed: it is not any more. */
  readonly state: 'open' | 'answered' | 'failed';
  /** SHA-256 of each callback id that was given out; the ids themselves are kept nowhere. */
  readonly callbackHashes: readonly string[];
  /** The execution that was started to find out; null for a function. */
  readonly executionArn: string | null;
  /** The runbook's run that boots the image; null for all but boot checks. */
  readonly runId: string | null;
  /** What came back, as it came; null where nothing did. */
  readonly answer: unknown;
  /** What went wrong while asking; empty where something came back. */
  readonly error: string;
  /** ISO 8601; null while it is open. */
  readonly endedAt: string | null;
}
