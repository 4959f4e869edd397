import type { Configuration } from '../domain/configuration.ts';
import type { Target } from '../domain/target.ts';

/** Where a spoke stack belongs. */
export interface Spoke extends Target {
  /** The one region of the account whose spoke makes the role: roles are global. */
  readonly roleRegion: string;
}

/**
 * The spokes that a configuration needs: one for each target, but none where the hub itself is, which sees the events
 * there by itself and acts with its own rights.
 */
export const spokes = ({ hub, targets }: Pick<Configuration, 'hub' | 'targets'>): readonly Spoke[] =>
  targets.list
    .filter(({ account, region }) => account !== hub.account || region !== hub.region)
    .map(({ account, region }) => ({
      account,
      region,
      roleRegion: targets.list.find((other) => other.account === account)?.region ?? region,
    }));
