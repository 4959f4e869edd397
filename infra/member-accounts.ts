import type { Configuration } from '../domain/configuration.ts';

/** The accounts that have the spoke stack: those of the targets and those that build images, the hub's own left out. */
export const memberAccounts = ({ hub, targets }: Pick<Configuration, 'hub' | 'targets'>): readonly string[] =>
  [...new Set([...targets.list.map(({ account }) => account), ...targets.builders])].filter(
    (account) => account !== hub.account,
  );
