import { RecordChanged } from '../errors.ts';
import { sha256 } from '../hash.ts';
import type { Ports } from '../ports/index.ts';
import { ConditionFailed, type Condition, type Write } from '../ports/table.ts';
import type { Campaign } from '../records/campaign.ts';
import { auditItem, emptyChain, nextEntry, type ChainHead, type Decision } from './audit.ts';
import { keys } from './keys.ts';
import { typedItem, typedItems } from './typed-item.ts';

type Needs = Pick<Ports, 'table' | 'clock'>;
/** Campaigns without an outcome are in this partition of the index, all others in `CAMPAIGNS`; by the time of their start. */
const openCampaigns = 'OPEN';
const endedCampaigns = 'CAMPAIGNS';
type CampaignPartition = typeof openCampaigns | typeof endedCampaigns;
type Stored = Campaign & { readonly audit: ChainHead };

/** There is no record of this campaign. */
export class CampaignNotFound extends Error {
  override readonly name = 'CampaignNotFound';
}

export const findCampaign = async (
  { table }: Pick<Ports, 'table'>,
  campaignId: string,
): Promise<Campaign | undefined> => {
  const item = await table.get(keys.campaign(campaignId));
  return item && typedItem<Campaign>(item);
};

/** The last link of the campaign's own chain, as its record knows it; undefined where there is no such campaign. */
export const campaignHead = async (
  { table }: Pick<Ports, 'table'>,
  campaignId: string,
): Promise<(ChainHead & Pick<Campaign, 'outcome'>) | undefined> => {
  const item = await table.get(keys.campaign(campaignId));
  if (!item) return undefined;
  const { audit, outcome } = typedItem<Stored>(item);
  return { ...audit, outcome };
};

export const getCampaign = async (ports: Pick<Ports, 'table'>, campaignId: string): Promise<Campaign> => {
  const campaign = await findCampaign(ports, campaignId);
  if (!campaign) throw new CampaignNotFound(`there is no campaign ${campaignId} in the table`);
  return campaign;
};

/** The campaigns that have no outcome yet. */
export const unfinishedCampaigns = ({ table }: Pick<Ports, 'table'>): AsyncGenerator<Campaign> =>
  typedItems<Campaign>(table, { index: 'byIndex', partition: openCampaigns });

/** All campaigns, whatever became of them; the newest of the ended ones first. */
export async function* allCampaigns(ports: Pick<Ports, 'table'>): AsyncGenerator<Campaign> {
  yield* unfinishedCampaigns(ports);
  yield* typedItems<Campaign>(ports.table, { index: 'byIndex', partition: endedCampaigns, descending: true });
}

/** Writes the record of a new campaign and the first entry of its trail. Does nothing if the record is there. */
export const createCampaign = async (
  { table, clock }: Needs,
  campaign: Campaign,
  decision: Decision,
): Promise<void> => {
  const entry = nextEntry({ campaignId: campaign.campaignId, stackId: null }, emptyChain, decision, clock.now());
  const audit: ChainHead = { sequence: entry.sequence, head: entry.hash };
  try {
    await table.transact([
      {
        kind: 'put',
        key: keys.campaignAudit(campaign.campaignId, entry.sequence),
        item: auditItem(entry),
        condition: { exists: false },
      },
      {
        kind: 'put',
        key: keys.campaign(campaign.campaignId),
        item: {
          ...campaign,
          audit,
          ipk: campaign.outcome === null ? openCampaigns : endedCampaigns,
          isk: `${campaign.startedAt}#${campaign.campaignId}`,
        },
        condition: { exists: false },
      },
    ]);
  } catch (error) {
    if (!(error instanceof ConditionFailed)) throw error;
  }
};

/**
 * Changes the campaign's record and appends the decision to its trail, in one transaction with `together`. `when` is the state the
 * campaign must be in; where it is not, nothing is written and ConditionFailed is thrown. Concurrent changes are repeated.
 */
export const changeCampaign = async (
  { table, clock }: Needs,
  campaignId: string,
  changes: Partial<Campaign> & { readonly ipk?: CampaignPartition },
  decision: Decision,
  when: Condition = {},
  together: readonly Write[] = [],
): Promise<Campaign> => {
  for (let attempt = 1; ; attempt += 1) {
    const stored = (await getCampaign({ table }, campaignId)) as Stored;
    const entry = nextEntry({ campaignId, stackId: null }, stored.audit, decision, clock.now());
    const audit: ChainHead = { sequence: entry.sequence, head: entry.hash };
    const auditKey = keys.campaignAudit(campaignId, entry.sequence);
    try {
      await table.transact([
        { kind: 'put', key: auditKey, item: auditItem(entry), condition: { exists: false } },
        {
          kind: 'update',
          key: keys.campaign(campaignId),
          changes: { set: { ...changes, audit } },
          condition: { ...when, exists: true },
        },
        ...together,
      ]);
      return { ...stored, ...changes };
    } catch (error) {
      // Another entry took our number: read again. The state `when` asks for is judged anew each time.
      if (!(error instanceof ConditionFailed) || error.key.pk !== auditKey.pk) throw error;
      if (attempt === 20)
        throw new RecordChanged(`the trail of campaign ${campaignId} is written by many at once`, { cause: error });
      await clock.sleep(10 + 20 * attempt * spread(`${campaignId}${decision.why}`));
    }
  }
};

/** A fraction that differs between writers and is the same for the same one, so that they do not meet again. */
const spread = (of: string): number => Number.parseInt(sha256(of).slice(0, 6), 16) / 0x1000000;

/** Appends a decision that changes nothing else. */
export const noteDecision = async (ports: Needs, campaignId: string, decision: Decision): Promise<void> => {
  await changeCampaign(ports, campaignId, {}, decision);
};
