import type { Hooks, Simulated } from '../simulated.ts';
import { breaches } from './breaches.ts';

const done: readonly string[] = ['done', 'restored'];

/** What the product has said to be failed in a ring, in the order in which it has counted them. */
interface Counted {
  readonly ids: Set<string>;
  /** Those with which, or after which, the ring had more failures than it may. */
  readonly beyond: Set<string>;
}

/**
 * A budget too large by one shows only where exactly one stack more has failed than may, and one too small where
 * exactly as many have failed as may. So both are looked at when a failure is counted, whatever happens afterwards:
 *
 * - the failure beyond the budget breaks the ring at once, and its stack is not put back alone, as one within it is;
 * - no ring breaks, and none fails at its end, with its failures within the budget and every stack done or put back.
 */
export const exactBudget = (
  { campaigns, configuration, record, recordsIn }: Simulated,
  violated: (how: string) => void,
): Required<Pick<Hooks, 'stored' | 'record' | 'campaign' | 'write'>> => {
  const counted = new Map<string, Counted>();
  const failed = new Map<string, Set<string>>();
  const breachesIn = (campaignId: string, name: string, ids: Iterable<string>): readonly string[] => {
    const ring = configuration.rings.find((one) => one.name === name);
    const planned = recordsIn(campaignId).filter((one) => one.ring === name);
    return ring === undefined ? [] : breaches(ring, [...ids], planned);
  };
  const isShared = (campaignId: string, id: string): boolean => (record(campaignId, id)?.sharedWith.length ?? 0) > 0;

  const count = (campaignId: string, ring: string, ids: Iterable<string>): void => {
    const ofRing = counted.get(`${campaignId}\0${ring}`) ?? { ids: new Set(), beyond: new Set() };
    counted.set(`${campaignId}\0${ring}`, ofRing);
    for (const id of ids) {
      if (ofRing.ids.has(id)) continue;
      ofRing.ids.add(id);
      if (record(campaignId, id)?.touched !== true) violated(`${id} counts as failed, and nothing of it was written`);
      if (breachesIn(campaignId, ring, ofRing.ids).length > 0) ofRing.beyond.add(id);
    }
  };

  /** What Close Ring says of a ring, against its stacks as they are then. */
  const closed = (campaignId: string, ring: string, passed: boolean): void => {
    const { ids } = counted.get(`${campaignId}\0${ring}`) ?? { ids: new Set<string>() };
    const [breach] = breachesIn(campaignId, ring, ids);
    if (passed && breach !== undefined) violated(`ring ${ring} of ${campaignId} has passed ${breach}`);
    const campaign = campaigns.get(campaignId);
    if (passed || breach !== undefined || !campaign || campaign.drill || campaign.breachedRing !== null) return;
    const records = recordsIn(campaignId).filter((one) => one.ring === ring);
    if (records.some(({ status }) => status === 'done') && records.every(({ status }) => done.includes(status)))
      violated(`ring ${ring} of ${campaignId} has failed within its budget, after ${ids.size} failures`);
  };

  return {
    stored: ({ pk, sk }, item, before) => {
      const [, campaignId = ''] = /^CAMPAIGN#(.+)$/.exec(pk) ?? [];
      const [, ring] = /^RING#([^#]+)$/.exec(sk) ?? [];
      if (ring !== undefined && item?.['failed'] instanceof Set) count(campaignId, ring, item['failed'] as Set<string>);
      if (!pk.startsWith('AUDIT#') || item === undefined || before !== undefined || item['who'] !== 'Close Ring')
        return;
      const [, name = '', how] = /^ring (\S+) (passed|failed)$/.exec(String(item['what'])) ?? [];
      if (how !== undefined) closed(String(item['campaignId']), name, how === 'passed');
    },
    record: ({ campaignId, ring, stackId, stackName, status, reason }) => {
      if (status !== 'failed') return;
      const ofRing = failed.get(`${campaignId}\0${ring}`) ?? new Set<string>();
      failed.set(`${campaignId}\0${ring}`, ofRing);
      ofRing.add(stackId);
      // Whom no execution has told of is found by Close Ring, which judges the ring itself.
      if (reason.startsWith('its execution ended')) return;
      const [breach] = breachesIn(campaignId, ring, ofRing);
      // On the way back no ring is judged any more: a rollback opens a campaign again that has ended.
      const campaign = campaigns.get(campaignId);
      if (breach !== undefined && campaign?.phase === 'running' && campaign.breachedRing === null)
        violated(`${stackName} is failed ${breach}, and ring ${ring} is not broken`);
    },
    campaign: ({ campaignId, breachedRing }, before) => {
      if (breachedRing === null || (before && before.breachedRing !== null)) return;
      const { ids } = counted.get(`${campaignId}\0${breachedRing}`) ?? { ids: new Set<string>() };
      if ([...ids].some((id) => isShared(campaignId, id)) || breachesIn(campaignId, breachedRing, ids).length > 0)
        return;
      violated(`ring ${breachedRing} of ${campaignId} is broken within its budget, after ${ids.size} failures`);
    },
    write: ({ campaignId = '', direction, stacks, idle, call }) => {
      if (idle || direction !== 'restore' || campaigns.get(campaignId)?.phase !== 'running') return;
      for (const { id, name } of stacks) {
        const ring = record(campaignId, id)?.ring ?? '';
        if (counted.get(`${campaignId}\0${ring}`)?.beyond.has(id))
          violated(`${call.operation} puts ${name} back alone, beyond the budget of ring ${ring}`);
      }
    },
  };
};
