import type { Ring } from '../configuration/ring.ts';
import { budgetOf } from './budget.ts';

/** How many stacks the plan gave a ring, in all and by account. */
export interface Planned {
  readonly total: number;
  readonly byAccount: Readonly<Record<string, number>>;
}

/** What the failures come to. */
export interface Judged {
  readonly failures: number;
  readonly budget: number;
  /** Why the budget is breached; null while it is not. */
  readonly breach: string | null;
}

/** `arn:aws:cloudformation:region:ACCOUNT:stack/…` */
const accountOf = (stackId: string): string => stackId.split(':')[4] ?? '';

/**
 * Judges a ring's failed stacks by the budget of the ring and by that of each account: a fault that strikes one team's
 * account stops the ring long before it would show in the whole of it.
 */
export const judgeFailures = (
  ring: Pick<Ring, 'name' | 'failureBudget' | 'accountFailureBudget'> | undefined,
  failed: readonly string[],
  planned: Planned,
): Judged => {
  const failures = failed.length;
  const budget = ring ? budgetOf(ring.failureBudget, planned.total) : 0;
  if (failures > budget) {
    const breach = `ring ${ring?.name ?? '(not configured)'} has ${failures} failed stacks, its budget is ${budget}`;
    return { failures, budget, breach };
  }
  const perAccount = ring?.accountFailureBudget ?? null;
  if (perAccount === null) return { failures, budget, breach: null };
  for (const [account, ids] of Map.groupBy(failed, accountOf)) {
    const own = budgetOf(perAccount, planned.byAccount[account] ?? 0);
    if (ids.length <= own) continue;
    const breach = `account ${account} has ${ids.length} failed stacks in ring ${ring?.name ?? ''}, its budget is ${own}`;
    return { failures, budget, breach };
  }
  return { failures, budget, breach: null };
};
