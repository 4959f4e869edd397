import type { Ports } from '../ports/index.ts';
import { ConditionFailed, type Key } from '../ports/table.ts';
import { findCampaign } from './campaigns.ts';
import { keys } from './keys.ts';

type Table = Pick<Ports, 'table'>;

/**
 * Puts our campaign under the key unless another one holds it rightfully. Gives that one's id, or null where the key is
 * ours. A holder that ended otherwise than `keeps` says is replaced.
 */
const claimKey = async (
  ports: Table,
  key: Key,
  campaignId: string,
  keeps: (holder: { outcome: string | null } | undefined) => boolean,
): Promise<string | null> => {
  for (let attempt = 1; ; attempt += 1) {
    const holder = (await ports.table.get(key))?.['campaignId'] as string | undefined;
    if (holder === campaignId) return null;
    if (holder !== undefined && keeps(await findCampaign(ports, holder))) return holder;
    try {
      await ports.table.put(
        key,
        { campaignId, schemaVersion: 1 },
        holder === undefined ? { exists: false } : { equals: { campaignId: holder } },
      );
      return null;
    } catch (error) {
      if (!(error instanceof ConditionFailed) || attempt === 5) throw error;
    }
  }
};

/**
 * One campaign for each family, build and scope: the regional copies of a build, and events that come twice, are one.
 * Only a running or PROMOTED campaign makes another a duplicate; gives its id, or null where there is none.
 */
export const claimBuild = (
  ports: Table,
  of: { campaignId: string; family: string; build: string; scope: string },
): Promise<string | null> =>
  // A holder without a record is being opened at this moment.
  claimKey(ports, keys.build(of.family, of.build, of.scope), of.campaignId, (holder) =>
    holder === undefined ? true : holder.outcome === null || holder.outcome === 'PROMOTED',
  );

/** One running campaign for each family; gives the id of the one that runs, or null. */
export const claimFamily = (ports: Table, of: { campaignId: string; family: string }): Promise<string | null> =>
  claimKey(ports, keys.family(of.family), of.campaignId, (holder) => holder === undefined || holder.outcome === null);

/** Lets the next campaign of the family start. */
export const releaseFamily = async ({ table }: Table, of: { campaignId: string; family: string }): Promise<void> => {
  try {
    await table.delete(keys.family(of.family), { equals: { campaignId: of.campaignId } });
  } catch (error) {
    if (!(error instanceof ConditionFailed)) throw error;
  }
};
