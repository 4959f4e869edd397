import type { FailureBudget, Ring } from '../../../domain/configuration/ring.ts';

const accountOf = (stackId: string): string => stackId.split(':')[4] ?? '';

const mayFail = (budget: FailureBudget, stacks: number): number =>
  typeof budget === 'number' ? budget : Math.floor((budget.percent / 100) * stacks);

/** How a ring's failed stacks are more than it, or an account in it, may have. Worked out apart from the product. */
export const breaches = (
  { name, failureBudget, accountFailureBudget }: Ring,
  failed: readonly string[],
  planned: readonly { readonly account: string }[],
): readonly string[] => {
  if (failed.length === 0) return [];
  const breach = (where: string, failures: number, allowed: number): readonly string[] =>
    failures > allowed ? [`after ${failures} failures ${where}, budget ${allowed}`] : [];
  const ofAccount = ([account, ids]: readonly [string, readonly string[]]): readonly string[] => {
    if (accountFailureBudget === null) return [];
    const stacks = planned.filter((one) => one.account === account).length;
    return breach(`of account ${account} in ring ${name}`, ids.length, mayFail(accountFailureBudget, stacks));
  };
  return [
    ...breach(`in ring ${name}`, failed.length, mayFail(failureBudget, planned.length)),
    ...[...Map.groupBy(failed, accountOf)].flatMap(ofAccount),
  ];
};
