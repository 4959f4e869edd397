import type { CampaignStateChange } from '../../contracts/events/campaign-state-change.ts';

/** Tells people and their automation. */
export interface Notifications {
  /** By event on the hub's bus and by message; a second time is the same event again, under the same id. */
  publish(change: CampaignStateChange): Promise<void>;
}
