import type { Ports } from '../ports/index.ts';
import type { Approval } from '../records/approval.ts';
import { findCampaign } from '../store/campaigns.ts';
import { haltedBy } from '../store/halts.ts';
import { keys } from '../store/keys.ts';
import { typedItems } from '../store/typed-item.ts';
import { verdictsOf } from '../store/verdicts.ts';
import { campaignView, type CampaignView } from './campaign-view.ts';
import { SeenStacks } from './seen-stacks.ts';

const all = async <T>(list: AsyncIterable<T>): Promise<T[]> => {
  const found: T[] = [];
  for await (const one of list) found.push(one);
  return found;
};

/**
 * Everything that is known of one campaign, or undefined where there is none.
 *
 * @param seen - The stacks of earlier looks; who looks again and again keeps it and reads what has changed.
 */
export const viewCampaign =
  (ports: Pick<Ports, 'table' | 'clock' | 'configuration'>, seen = new SeenStacks()) =>
  async (campaignId: string): Promise<CampaignView | undefined> => {
    const campaign = await findCampaign(ports, campaignId);
    if (!campaign) return undefined;
    const [records, verdicts, approvals, halted] = await Promise.all([
      seen.of(ports, campaign),
      all(verdictsOf(ports, campaignId)),
      all(typedItems<Approval>(ports.table, { partition: keys.campaign(campaignId).pk, prefix: 'APPROVAL#' })),
      campaign.outcome === null ? haltedBy(ports, campaignId) : null,
    ]);
    const settings = ports.configuration().rings;
    return campaignView({ campaign, records, verdicts, approvals, halted, settings, now: ports.clock.now() });
  };
