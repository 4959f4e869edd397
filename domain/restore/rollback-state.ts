import type { RollbackCampaign } from './rollback-answer.ts';
import type { Ports } from '../ports/index.ts';
import type { Campaign } from '../records/campaign.ts';
import { countStatuses } from '../ring/counts.ts';
import { stackRecords } from '../store/stack-records.ts';
import { rollbackCase } from './rollback-case.ts';

/** Most stacks that are named one by one; the whole list is in the campaign's report. */
const mostNamed = 100;

/** Reads how a campaign and its stacks stand. */
export const rollbackState = async (ports: Pick<Ports, 'table'>, campaign: Campaign): Promise<RollbackCampaign> => {
  const records = await Array.fromAsync(stackRecords(ports, campaign.campaignId));
  const touched = records.filter((record) => record.touched);
  return {
    campaignId: campaign.campaignId,
    family: campaign.family,
    image: campaign.image.id,
    startedAt: campaign.startedAt,
    case: rollbackCase(campaign),
    outcome: campaign.outcome,
    reason: campaign.reason,
    execution: campaign.restore?.executionArn ?? null,
    touched: touched.length,
    counts: { ...countStatuses(records) },
    left: touched
      .filter(({ status }) => status !== 'restored')
      .sort((a, b) => a.order - b.order)
      .slice(0, mostNamed)
      .map(({ stackName, account, region, status, reason }) => ({ stackName, account, region, status, reason })),
  };
};
