import type { Configuration } from '../../domain/configuration.ts';
import type { Right } from './right.ts';

/** ARNs in one statement; beyond a few the CDK distributes statements over several policies, but never splits one. */
const accountsPerStatement = 30;

/** The right to enter the member accounts of the configuration by the role that is there for it. */
export const memberRights = (
  partition: string,
  { hub, targets }: Pick<Configuration, 'hub' | 'targets'>,
): readonly Right[] => {
  const accounts = [...new Set(targets.list.map(({ account }) => account))].filter(
    (account) => account !== hub.account,
  );
  return Array.from({ length: Math.ceil(accounts.length / accountsPerStatement) }, (_, index) => ({
    actions: ['sts:AssumeRole'],
    resources: accounts
      .slice(index * accountsPerStatement, (index + 1) * accountsPerStatement)
      .map((account) => `arn:${partition}:iam::${account}:role/${targets.roleName}`),
  }));
};
