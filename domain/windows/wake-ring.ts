import type { Ports } from '../ports/index.ts';
import type { Campaign } from '../records/campaign.ts';
import type { Wait } from '../records/wait.ts';
import { wake, wakeGroup } from '../stack/wake.ts';
import { holdGroups } from '../store/keys.ts';
import { knownCalendars } from '../store/ring-calendars.ts';
import { whyNoClaims } from './may-claim.ts';
import { whyClosed, type Closed } from './may-start.ts';

type Needs = Pick<Ports, 'table' | 'clock' | 'configuration' | 'calendars' | 'functions' | 'surroundings'>;

/** A calendar has changed: a ring that has begun by it asks again, and goes on with what has waited where it is open. */
export const wakeRing = async (
  ports: Needs,
  { campaignId, phase }: Pick<Campaign, 'campaignId' | 'phase'>,
  ring: string,
): Promise<void> => {
  if (phase !== 'running' || (await knownCalendars(ports, campaignId, ring)) === undefined) return;
  if ((await whyClosed(ports, campaignId, ring)) === null) await wakeGroup(ports, holdGroups.closed(campaignId, ring));
};

/**
 * Looks at a claim that is overdue. One that waits for its ring's window or calendar is woken only where that is open by
 * now: else why it waits on, so that not every stack of the ring is called to ask the same.
 */
export const sweepHold = async (ports: Needs, wait: Wait): Promise<Closed | null> => {
  const { group } = wait as { readonly group?: unknown };
  const { stack } = wait.context as { readonly stack?: { readonly ring?: string } };
  const ring = stack?.ring ?? '';
  if (group === holdGroups.closed(wait.campaignId, ring)) {
    const closed = await whyNoClaims(ports, wait.campaignId, ring);
    if (closed) return closed;
  }
  await wake(ports, wait);
  return null;
};
