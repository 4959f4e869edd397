import type { Ports } from '../ports/index.ts';
import { ConditionFailed, type Key } from '../ports/table.ts';
import { findCampaign } from './campaigns.ts';
import { claimFamily, releaseFamily } from './deduplication.ts';
import { keys } from './keys.ts';

type Needs = Pick<Ports, 'table' | 'clock'>;

/** Most campaigns at once, and most that may begin within one day (UTC). */
export interface Limits {
  readonly maxConcurrent: number;
  readonly maxDaily: number;
}

/** Puts the campaign among the holders; taking a place twice takes it once. False where all are taken. */
const takePlace = async ({ table }: Needs, key: Key, campaignId: string, places: number): Promise<boolean> => {
  try {
    await table.update(
      key,
      { addToSet: { holders: campaignId } },
      { or: [{ fewerThan: { holders: places } }, { contains: { holders: campaignId } }] },
    );
    return true;
  } catch (error) {
    if (error instanceof ConditionFailed) return false;
    throw error;
  }
};

/** Takes places back from campaigns that have their outcome: one that died after its report had no chance to. */
const clearEnded = async (ports: Needs): Promise<void> => {
  const holders = (await ports.table.get(keys.runningCampaigns()))?.['holders'];
  for (const campaignId of holders instanceof Set ? (holders as Set<string>) : []) {
    const campaign = await findCampaign(ports, campaignId);
    if (campaign?.outcome === null) continue;
    await ports.table.update(keys.runningCampaigns(), { removeFromSet: { holders: campaignId } });
  }
};

/**
 * Takes the turn of a campaign: its family, a place among the running ones, and one of the day's. Gives null, or why it
 * has to wait; then it holds nothing.
 */
export const takeTurn = async (
  ports: Needs,
  of: { readonly campaignId: string; readonly family: string },
  { maxConcurrent, maxDaily }: Limits,
): Promise<string | null> => {
  const { campaignId, family } = of;
  const other = await claimFamily(ports, of);
  if (other !== null) return `campaign ${other} of family ${family} is running`;
  const running = keys.runningCampaigns();
  const enter = () => takePlace(ports, running, campaignId, maxConcurrent);
  let entered = await enter();
  if (!entered) {
    await clearEnded(ports);
    entered = await enter();
  }
  if (!entered) {
    await releaseFamily(ports, of);
    return `${maxConcurrent} campaigns are running, as many as campaigns.maxConcurrent allows`;
  }
  const day = ports.clock.now().toISOString().slice(0, 10);
  if (await takePlace(ports, keys.campaignsOfDay(day), campaignId, maxDaily)) return null;
  await releaseTurn(ports, of);
  return `${maxDaily} campaigns have begun on ${day} (UTC), as many as campaigns.maxDaily allows`;
};

/** Lets the next campaign have its turn; does nothing for one that had none. */
export const releaseTurn = async (
  ports: Pick<Ports, 'table'>,
  of: { readonly campaignId: string; readonly family: string },
): Promise<void> => {
  await releaseFamily(ports, of);
  await ports.table.update(keys.runningCampaigns(), { removeFromSet: { holders: of.campaignId } });
};
