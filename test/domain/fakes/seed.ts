import type { AuditEntry } from '../../../domain/records/audit-entry.ts';
import type { Campaign } from '../../../domain/records/campaign.ts';
import type { StackRecord } from '../../../domain/records/stack-record.ts';
import { createCampaign } from '../../../domain/store/campaigns.ts';
import { keys } from '../../../domain/store/keys.ts';
import { getStackRecord, stackItem, stackRecords } from '../../../domain/store/stack-records.ts';
import { typedItems } from '../../../domain/store/typed-item.ts';
import { aCampaign } from './campaign.ts';
import { aStackRecord } from './stack-record.ts';
import type { World } from './world.ts';

export const seedCampaign = async (world: World, over: Partial<Campaign> = {}): Promise<Campaign> => {
  const campaign = aCampaign(over);
  await createCampaign(world, campaign, { who: 'test', what: 'campaign opened', why: '' });
  return campaign;
};

/** Writes the records as Plan Rings would, with the rings' totals. */
export const seedStacks = async (world: World, ...records: readonly StackRecord[]): Promise<void> => {
  await world.table.putAll(records.map((record) => stackItem(record, '2026-11-22T10:00:00.000Z')));
  for (const [ring, own] of Map.groupBy(records, (record) => record.ring))
    await world.table.put(keys.ring(own[0]?.campaignId ?? '', ring), { schemaVersion: 1, planned: own.length });
};

/** A running campaign with one stack. */
export const seedStack = async (
  world: World,
  record: StackRecord = aStackRecord(),
  campaign: Partial<Campaign> = {},
): Promise<StackRecord> => {
  await seedCampaign(world, campaign);
  await seedStacks(world, record);
  return record;
};

/** The record without what the table adds to it. */
const bare = (record: StackRecord): StackRecord => {
  const { pk: _pk, sk: _sk, ipk: _ipk, isk: _isk, ...own } = record as StackRecord & Record<string, unknown>;
  return own;
};

/** The record as it is now. */
export const readAgain = async (world: World, record: StackRecord): Promise<StackRecord> =>
  bare(await getStackRecord(world, record));

/** All records of the campaign, in the order of the plan. */
export const recordsIn = async (world: World, campaignId = 'campaign-1'): Promise<StackRecord[]> => {
  const records = await Array.fromAsync(stackRecords(world, campaignId));
  return records.map(bare).sort((a, b) => a.order - b.order);
};

/** The trail of the campaign, or of one of its stacks. */
export const trailOf = (world: World, campaignId = 'campaign-1', stackId?: string): Promise<AuditEntry[]> => {
  const key = stackId === undefined ? keys.campaignAudit(campaignId, 1) : keys.stackAudit(campaignId, stackId, 1);
  return Array.fromAsync(typedItems<AuditEntry>(world.table, { partition: key.pk }));
};
