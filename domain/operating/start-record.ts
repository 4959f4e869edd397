import { canonicalJson, sha256 } from '../hash.ts';
import type { Ports } from '../ports/index.ts';
import { ConditionFailed } from '../ports/table.ts';
import { schemaVersion } from '../records/schema-version.ts';
import { keys } from '../store/keys.ts';
import { typedItem } from '../store/typed-item.ts';

/**
 * That somebody has asked the API for a campaign, written before its execution is started. Open Campaign believes a
 * starter by this record alone: whoever starts an execution by hand can put nothing of the kind into its input.
 */
export interface StartRecord {
  readonly schemaVersion: number;
  readonly campaignId: string;
  /** A person id, or `unknown` for a principal that is no person. */
  readonly starter: string;
  /** What IAM or the identity provider calls the starter. */
  readonly identity: string;
  /** SHA-256 of the input that the execution is started with. */
  readonly inputHash: string;
  readonly requestedAt: string;
}

/** The hash that binds a start record to an execution's input. */
export const startInputHash = (input: unknown): string => sha256(canonicalJson(input));

/** The record of a start, if the API has accepted one under this name. */
const findStartRecord = async (
  { table }: Pick<Ports, 'table'>,
  campaignId: string,
): Promise<StartRecord | undefined> => {
  const item = await table.get(keys.start(campaignId));
  return item && typedItem<StartRecord>(item);
};

/** Writes the record once; gives the one that is there, which may be an earlier request's. */
export const storeStartRecord = async (
  ports: Pick<Ports, 'table'>,
  record: Omit<StartRecord, 'schemaVersion'>,
): Promise<StartRecord> => {
  const own = { ...record, schemaVersion };
  try {
    await ports.table.put(keys.start(record.campaignId), own, { exists: false });
    return own;
  } catch (error) {
    if (!(error instanceof ConditionFailed)) throw error;
    return (await findStartRecord(ports, record.campaignId)) ?? own;
  }
};

/**
 * Claims a caller's idempotency key for one campaign and input, once and for good; gives the campaign that it was used
 * for where that is another one, or the same with another input.
 */
export const claimStartKey = async (
  { table }: Pick<Ports, 'table'>,
  keyHash: string,
  { campaignId, inputHash }: Pick<StartRecord, 'campaignId' | 'inputHash'>,
): Promise<{ readonly usedFor: string } | null> => {
  const key = keys.startKey(keyHash);
  try {
    await table.put(key, { schemaVersion, campaignId, inputHash }, { exists: false });
    return null;
  } catch (error) {
    const item = error instanceof ConditionFailed ? await table.get(key) : undefined;
    if (!item) throw error;
    const used = typedItem<Pick<StartRecord, 'schemaVersion' | 'campaignId' | 'inputHash'>>(item);
    return used.campaignId === campaignId && used.inputHash === inputHash ? null : { usedFor: used.campaignId };
  }
};

/** Who has started the campaign, as far as the API knows; null where it was not asked for exactly this. */
export const knownStarter = async (
  ports: Pick<Ports, 'table'>,
  campaignId: string,
  input: unknown,
): Promise<StartRecord | null> => {
  const record = await findStartRecord(ports, campaignId);
  return record?.inputHash === startInputHash(input) ? record : null;
};
