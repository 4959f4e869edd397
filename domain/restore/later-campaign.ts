import type { Ports } from '../ports/index.ts';
import type { StackRecord } from '../records/stack-record.ts';
import { campaignsOfStack } from '../store/stack-records.ts';

/** The newest other campaign that has moved the stack to this image; null where none has. */
export const laterCampaign = async (
  ports: Pick<Ports, 'table'>,
  { campaignId, stackId }: Pick<StackRecord, 'campaignId' | 'stackId'>,
  image: string,
): Promise<string | null> => {
  for await (const record of campaignsOfStack(ports, stackId))
    if (record.campaignId !== campaignId && record.image === image && record.touched) return record.campaignId;
  return null;
};
