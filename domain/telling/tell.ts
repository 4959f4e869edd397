import type { Ports } from '../ports/index.ts';
import { schemaVersion } from '../records/schema-version.ts';
import { noteDecision } from '../store/campaigns.ts';
import { everything } from '../store/halts.ts';
import { keys } from '../store/keys.ts';
import { compose, factId, type Telling } from './compose.ts';

/** What telling takes. */
export type TellingPorts = Pick<Ports, 'table' | 'clock' | 'configuration' | 'notifications'>;

/** Tells a fact: by event, and by mail. */
export const tell = async (ports: TellingPorts, telling: Telling): Promise<void> => {
  await ports.notifications.publish(compose(telling, ports.configuration(), ports.clock.now()));
};

/** Whether the campaign has told such a fact, of whichever ring. */
export const hasTold = async (
  { table }: Pick<Ports, 'table'>,
  campaignId: string,
  fact: Telling['fact'],
): Promise<boolean> => {
  const prefix = keys.told(campaignId, factId({ fact, campaign: { campaignId }, ring: null })).sk;
  return (await table.query({ partition: keys.campaign(campaignId).pk, prefix })).items.length > 0;
};

/**
 * Tells a fact that nothing depends on, once: it is noted afterwards, so that a crash in between tells it twice, under the
 * same id, and never not at all. Where it cannot be told the campaign goes on, and its trail says so.
 */
export const tellOnce = async (
  ports: TellingPorts,
  about: Pick<Telling, 'fact' | 'campaign' | 'ring' | 'occasion'>,
  rest: () => Promise<Omit<Telling, 'fact' | 'campaign' | 'ring' | 'occasion'>>,
): Promise<void> => {
  const { campaignId } = about.campaign;
  const id = factId(about);
  const key = keys.told(campaignId, id);
  if (await ports.table.get(key)) return;
  try {
    await tell(ports, { ...about, ...(await rest()) });
  } catch (error) {
    if (campaignId === everything) throw error;
    await noteDecision(ports, campaignId, {
      who: 'Notifications',
      what: `operators not told: ${about.fact}`,
      why: error instanceof Error ? error.message : String(error),
    });
    return;
  }
  await ports.table.put(key, { schemaVersion, id, at: ports.clock.now().toISOString() });
};
