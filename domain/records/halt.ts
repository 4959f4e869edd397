import type { Wait } from './wait.ts';

/**
 * A halt of one campaign, or of everything. It is kept as a wait without a token, so that the sweep finds the ones that
 * nobody has resolved in time.
 */
export interface Halt extends Wait {
  readonly kind: 'halt';
  /** A campaign's id, or `*`: all campaigns, running and new ones. */
  readonly scope: string;
  /** A person id. */
  readonly by: string;
  readonly reason: string;
  /** ISO 8601; what has been moved is put back if nobody resumes before. */
  readonly expiresAt: string;
}
