/** One thing that a rollout needs. */
export interface Check {
  /** Where: the hub, or a target as account/region. */
  readonly subject: string;
  readonly check: string;
  /** missing: campaigns will fail or leave stacks out. warning: it may be meant so. */
  readonly state: 'ok' | 'warning' | 'missing';
  readonly says: string;
  /** What to do about it; null where nothing has to be done. */
  readonly mend: string | null;
}

/** Makes the checks of one subject. */
export const checksOf = (subject: string) => ({
  ok: (check: string, says: string): Check => ({ subject, check, state: 'ok', says, mend: null }),
  warning: (check: string, says: string, mend: string): Check => ({ subject, check, state: 'warning', says, mend }),
  missing: (check: string, says: string, mend: string): Check => ({ subject, check, state: 'missing', says, mend }),
});
