import type { FailureBudget } from '../configuration/ring.ts';

/** How many of the planned stacks may fail; one more is a breach. */
export const budgetOf = (budget: FailureBudget, planned: number): number =>
  typeof budget === 'number' ? budget : Math.floor((budget.percent / 100) * planned);
