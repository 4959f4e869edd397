import type { Ports } from '../ports/index.ts';
import { ConditionFailed } from '../ports/table.ts';
import { schemaVersion } from '../records/schema-version.ts';
import { changeCampaign } from './campaigns.ts';
import { keys } from './keys.ts';
import type { RingWait } from './ring-state.ts';
import { typedItems } from './typed-item.ts';

type Pause = RingWait & { readonly schemaVersion: number };

/** Remembers, with its entry in the campaign's trail, that a ring that has begun pauses. Of all claims that say so one does. */
export const notePause = async (
  ports: Pick<Ports, 'table' | 'clock'>,
  campaignId: string,
  ring: string,
  { until, reason }: Pick<RingWait, 'until' | 'reason'>,
): Promise<void> => {
  const key = keys.pause(campaignId, ring, until);
  if ((await ports.table.get(key)) !== undefined) return;
  const item: Pause = { schemaVersion, since: ports.clock.now().toISOString(), until, reason };
  const decision = { who: 'Claim Stack', what: `ring ${ring} pauses`, why: reason, evidence: { until } };
  try {
    await changeCampaign(ports, campaignId, {}, decision, {}, [
      { kind: 'put', key, item: { ...item }, condition: { exists: false } },
    ]);
  } catch (error) {
    if (!(error instanceof ConditionFailed) || error.key.sk !== key.sk) throw error;
  }
};

/** The times at which the ring has paused, by when each was to end. */
export const pausesOf = async (
  { table }: Pick<Ports, 'table'>,
  campaignId: string,
  ring: string,
): Promise<readonly RingWait[]> => {
  const found: RingWait[] = [];
  const { pk } = keys.campaign(campaignId);
  for await (const { since, until, reason } of typedItems<Pause>(table, { partition: pk, prefix: `PAUSE#${ring}#` }))
    found.push({ since, until, reason });
  return found;
};
