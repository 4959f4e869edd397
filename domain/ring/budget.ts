import type { Ring } from '../configuration.ts';

/** How many stacks of the ring may fail; one more is a breach. */
export const budgetOf = ({ failureBudget }: Pick<Ring, 'failureBudget'>, planned: number): number =>
  typeof failureBudget === 'number' ? failureBudget : Math.floor((failureBudget.percent / 100) * planned);
