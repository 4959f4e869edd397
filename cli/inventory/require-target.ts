import type { FleetInventory } from '../../domain/planning/fleet-inventory.ts';
import { UsageError } from '../usage-error.ts';

const mostListed = 5;

/**
 * Refuses an inventory of which no target could be read: its file would be taken for a fleet without stacks.
 *
 * @throws UsageError naming the first targets with their reasons
 */
export const requireTarget = ({ unreachable, counts }: Pick<FleetInventory, 'unreachable' | 'counts'>): void => {
  if (counts.targets === 0 || unreachable.length < counts.targets) return;
  const listed = unreachable
    .slice(0, mostListed)
    .map(({ account, region, reason }) => `  ${account}/${region}: ${reason}`);
  const more = unreachable.length > mostListed ? [`  … and ${unreachable.length - mostListed} more`] : [];
  throw new UsageError(
    ['no target could be read, nothing was written:', ...listed, ...more, 'Other accounts need a role: --role'].join(
      '\n',
    ),
  );
};
