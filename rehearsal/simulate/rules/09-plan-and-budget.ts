import type { Ring } from '../../../domain/configuration/ring.ts';
import { names } from '../../run/names.ts';
import type { Rule } from '../simulated.ts';
import { breaches } from './breaches.ts';
import { exactBudget } from './exact-budget.ts';

/** A breach is noticed by whoever claims next; whoever claims in this time may not have seen it. */
const race = 2_000;

/** Rule 9: the plan is what lies in S3, the opt-in is the stack's own tag; failures are those of the simulated updates. */
export const planAndBudget: Rule = {
  number: 9,
  says: 'Stacks outside the plan are never written. Ring failures ≤ budget + in flight at the breach.',
  watch: (simulated, violated) => {
    const { world, configuration, scenario, record, recordsIn } = simulated;
    /** By campaign and ring: when each failure was recorded. */
    const failedAt = new Map<string, Map<string, number>>();
    const planned = (campaignId: string, ring: string): string =>
      world.objects.text(names.bucket, `campaigns/${campaignId}/rings/${ring}.json`) ?? '';
    const ringIndex = (wanted: string): number => configuration.rings.findIndex(({ name }) => name === wanted);
    /** How the failures of a ring until then are more than it, or an account in it, may have. */
    const breachesOf = (campaignId: string, ring: Ring, until: number): readonly string[] =>
      breaches(
        ring,
        [...(failedAt.get(`${campaignId}\0${ring.name}`) ?? [])].flatMap(([id, at]) => (at < until ? [id] : [])),
        recordsIn(campaignId).filter((other) => other.ring === ring.name),
      );
    const exact = exactBudget(simulated, violated);
    return {
      ...exact,
      record: (now, before) => {
        exact.record(now, before);
        const { campaignId, ring, stackId, status } = now;
        if (status !== 'failed') return;
        const key = `${campaignId}\0${ring}`;
        const ofRing = failedAt.get(key) ?? new Map<string, number>();
        failedAt.set(key, ofRing);
        if (!ofRing.has(stackId)) ofRing.set(stackId, Date.now());
      },
      write: (write) => {
        exact.write(write);
        const { campaignId, direction, stacks, idle, call } = write;
        const optedIn = stacks.filter(({ settings }) => settings.tags['ami-rollout:family'] === scenario.image.family);
        // `allow` takes other readers of a shared SSM parameter along, and says so.
        const enough = configuration.stacks.sharedParameters === 'allow' ? Math.min(1, stacks.length) : stacks.length;
        if (optedIn.length < enough)
          violated(`${call.operation} of ${stacks.map(({ name }) => name).join(', ')}, not all opted in`);
        for (const stack of stacks) {
          const what = `${call.operation} of ${stack.name}`;
          if (idle || direction !== 'forward' || campaignId === undefined) continue;
          const one = record(campaignId, stack.id);
          if (!one || !configuration.rings.some(({ name }) => planned(campaignId, name).includes(stack.id))) {
            violated(`${what} by ${campaignId}, whose plan does not have it`);
            continue;
          }
          const claimed = Date.parse(one.claimedAt ?? '');
          const upToHere = configuration.rings.slice(0, ringIndex(one.ring) + 1);
          for (const ring of upToHere)
            for (const breach of breachesOf(campaignId, ring, claimed - race))
              violated(`${what} was claimed ${breach}`);
        }
      },
      campaign: (campaign, before) => {
        exact.campaign(campaign, before);
        const { campaignId, outcome } = campaign;
        if (outcome !== 'PROMOTED' || before?.outcome === 'PROMOTED') return;
        for (const ring of configuration.rings)
          for (const breach of breachesOf(campaignId, ring, Number.POSITIVE_INFINITY))
            violated(`${campaignId} was promoted ${breach}`);
      },
    };
  },
};
