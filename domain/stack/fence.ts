import { Fenced } from '../errors.ts';
import type { Ports } from '../ports/index.ts';
import type { Campaign } from '../records/campaign.ts';
import type { StackRecord } from '../records/stack-record.ts';
import { getCampaign } from '../store/campaigns.ts';
import { leaseOf, type Lease } from '../store/leases.ts';
import type { Direction } from '../words.ts';

/** Why a write in this direction is not allowed now; null where it is. */
export const fencedBecause = (
  campaign: Pick<Campaign, 'phase' | 'breachedRing'>,
  direction: Direction,
  record: Pick<StackRecord, 'status'>,
): string | null => {
  if (direction === 'forward') return campaign.phase === 'running' ? null : `the campaign is ${campaign.phase}`;
  if (campaign.phase === 'restoring') return null;
  // Within the budget a failed stack is put back alone while the campaign goes on.
  if (campaign.phase === 'running' && (record.status === 'failed' || record.status === 'restoring')) return null;
  return `the campaign is ${campaign.phase}, nothing is restored`;
};

/** Why the lease does not allow a write: another holder, or a later number than the one that the claim was given. */
const leasedBecause = (
  { campaignId, lease }: Pick<StackRecord, 'campaignId' | 'lease'>,
  held: Lease | null,
): string | null => {
  if (held !== null && held.campaignId !== campaignId) return `campaign ${held.campaignId} has taken the stack over`;
  if (lease === undefined || lease === held?.number) return null;
  return held === null ? 'its lease was given back' : `its lease ${lease} was followed by lease ${held.number}`;
};

/**
 * Reads the campaign and the stack's lease again and throws Fenced unless the write is still allowed. Called immediately
 * before each write: an invocation that has outlived its campaign, or its hold on the stack, writes nothing.
 */
export const assertFence = async (
  ports: Pick<Ports, 'table'>,
  record: Pick<StackRecord, 'campaignId' | 'stackId' | 'stackName' | 'status' | 'lease'>,
  direction: Direction,
): Promise<void> => {
  const [campaign, held] = await Promise.all([getCampaign(ports, record.campaignId), leaseOf(ports, record.stackId)]);
  const because = fencedBecause(campaign, direction, record) ?? leasedBecause(record, held);
  if (because !== null) throw new Fenced(`${record.stackName} was not written: ${because}`);
};
