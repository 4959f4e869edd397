import { adoptionShares } from '../../contracts/monitoring/metrics.ts';
import type { Ports } from '../ports/index.ts';
import type { Campaign } from '../records/campaign.ts';

const secondsBetween = (from: string, to: string): number => (Date.parse(to) - Date.parse(from)) / 1000;

/** Measures how a campaign has ended, once: by whoever has written its outcome. */
export const measureEnd = ({ metrics }: Pick<Ports, 'metrics'>, campaign: Campaign): void => {
  const { family, outcome, startedAt, endedAt, restoringSince, rollback, adoption, drill } = campaign;
  if (outcome === null || endedAt === null) return;
  // A drill that ends RESTORED went well: counted among campaigns, it would look like a failure.
  if (drill) {
    const { succeeded = false, minutesToRestore = null } = drill.result ?? {};
    metrics.put('drillSucceeded', succeeded ? 1 : 0, { family });
    if (minutesToRestore !== null) metrics.put('drillTimeToRestore', minutesToRestore * 60, { family });
    return;
  }
  metrics.put('campaignsEnded', 1, { family, outcome });
  const isRestored = outcome === 'RESTORED' || outcome === 'RESTORE_INCOMPLETE';
  // A rollback may come weeks after the campaign; a campaign that moved nothing says nothing about how long one takes.
  if (rollback === null && (isRestored || outcome === 'PROMOTED'))
    metrics.put('campaignDuration', secondsBetween(startedAt, endedAt), { family });
  if (isRestored && restoringSince !== undefined)
    metrics.put('timeToRestore', secondsBetween(restoringSince, endedAt), { family });
  if (outcome !== 'PROMOTED' || !adoption) return;
  metrics.put('adoption', adoption.percent, { family });
  for (const share of adoptionShares) {
    const hours = adoption.hours[share];
    if (hours !== null) metrics.put('hoursToAdoption', hours, { family, share: String(share) });
  }
};
