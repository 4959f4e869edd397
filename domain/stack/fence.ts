import { Fenced } from '../errors.ts';
import type { Ports } from '../ports/index.ts';
import type { Campaign, StackRecord } from '../records.ts';
import { getCampaign } from '../store/campaigns.ts';
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

/** Reads the campaign again and throws Fenced unless the write is still allowed. Called immediately before each write. */
export const assertFence = async (
  ports: Pick<Ports, 'table'>,
  record: Pick<StackRecord, 'campaignId' | 'stackName' | 'status'>,
  direction: Direction,
): Promise<void> => {
  const because = fencedBecause(await getCampaign(ports, record.campaignId), direction, record);
  if (because !== null) throw new Fenced(`${record.stackName} was not written: ${because}`);
};
