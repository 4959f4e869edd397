import type { Ports } from '../ports/index.ts';
import { queueKey } from '../queue/settle-turn.ts';
import { findCampaign } from '../store/campaigns.ts';
import { findWait } from '../store/waits.ts';
import { windowWaitKey } from '../windows/settle-window.ts';

/** What only the table knows of the state a campaign is in. */
export interface WaitsOfCampaign {
  /** It waits for its turn. */
  readonly queued: boolean;
  /** Rings that wait for a window or a calendar. */
  readonly closedRings: readonly string[];
  /** The ring whose failures were too many; null: none. */
  readonly breachedRing: string | null;
}

/** What a campaign waits for before its images are resolved, or before a ring; asked for only where it can be. */
export const whereabouts =
  (ports: Pick<Ports, 'table'>) =>
  async (
    campaignId: string,
    of: {
      readonly phase: string;
      readonly imageSet: Readonly<Record<string, string>>;
      readonly rings: readonly { readonly ring: string; readonly state: string }[];
    },
  ): Promise<WaitsOfCampaign> => {
    const isRunning = of.phase === 'running';
    const isWaiting = async (key: string, member?: string): Promise<boolean> =>
      (await findWait(ports, key, member)) !== undefined;
    const waiting = isRunning ? of.rings.find(({ state }) => state === 'waiting') : undefined;
    const [campaign, queued, closed] = await Promise.all([
      findCampaign(ports, campaignId),
      isRunning && Object.keys(of.imageSet).length === 0 ? isWaiting(queueKey, campaignId) : false,
      waiting === undefined ? false : isWaiting(windowWaitKey(campaignId, waiting.ring)),
    ]);
    return {
      queued,
      closedRings: waiting !== undefined && closed ? [waiting.ring] : [],
      breachedRing: campaign?.breachedRing ?? null,
    };
  };
