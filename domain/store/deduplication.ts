import type { Ports } from '../ports/index.ts';
import { ConditionFailed, type Key } from '../ports/table.ts';
import { schemaVersion } from '../records/schema-version.ts';
import { findCampaign } from './campaigns.ts';
import { keys } from './keys.ts';

type Needs = Pick<Ports, 'table' | 'clock'>;

/** Longer than Open Campaign can take with all its retries. */
const openingMinutes = 60;

/**
 * Puts our campaign under the key unless another one holds it rightfully. Gives that one's id, or null where the key is
 * ours. A holder that ended otherwise than `keeps` says is replaced.
 */
const claimKey = async (
  ports: Needs,
  key: Key,
  campaignId: string,
  keeps: (holder: { outcome: string | null }) => boolean,
): Promise<string | null> => {
  for (let attempt = 1; ; attempt += 1) {
    const item = await ports.table.get(key);
    const holder = item?.['campaignId'] as string | undefined;
    if (holder === campaignId) return null;
    const now = ports.clock.now();
    if (holder !== undefined) {
      const campaign = await findCampaign(ports, holder);
      // A holder without a record is being opened at this moment, or has died while it was.
      const isOpening = Date.parse(item?.['claimedAt'] as string) > now.getTime() - openingMinutes * 60_000;
      if (campaign ? keeps(campaign) : isOpening) return holder;
    }
    try {
      await ports.table.put(
        key,
        { campaignId, schemaVersion, claimedAt: now.toISOString() },
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
  ports: Needs,
  of: { campaignId: string; family: string; build: string; scope: string },
): Promise<string | null> =>
  claimKey(
    ports,
    keys.build(of.family, of.build, of.scope),
    of.campaignId,
    ({ outcome }) => outcome === null || outcome === 'PROMOTED',
  );

/** One running campaign for each family; gives the id of the one that runs, or null. */
export const claimFamily = (ports: Needs, of: { campaignId: string; family: string }): Promise<string | null> =>
  claimKey(ports, keys.family(of.family), of.campaignId, ({ outcome }) => outcome === null);

/** Lets the next campaign of the family start. */
export const releaseFamily = async (
  { table }: Pick<Ports, 'table'>,
  of: { campaignId: string; family: string },
): Promise<void> => {
  try {
    await table.delete(keys.family(of.family), { equals: { campaignId: of.campaignId } });
  } catch (error) {
    if (!(error instanceof ConditionFailed)) throw error;
  }
};
