import { names } from '../../run/names.ts';
import type { Rule } from '../simulated.ts';

/** A breach is noticed by whoever claims next; whoever claims in this time may not have seen it. */
const race = 2_000;

/** Rule 9: the plan is what lies in S3, the opt-in is the stack's own tag; failures are those of the simulated updates. */
export const planAndBudget: Rule = {
  number: 9,
  says: 'Stacks outside the plan are never written. Ring failures ≤ budget + in flight at the breach.',
  watch: ({ world, configuration, scenario, record, recordsIn }, violated) => {
    /** By campaign and ring: when each failure was recorded. */
    const failedAt = new Map<string, Map<string, number>>();
    const planned = (campaignId: string, ring: string): string =>
      world.objects.text(names.bucket, `campaigns/${campaignId}/rings/${ring}.json`) ?? '';
    return {
      record: ({ campaignId, ring, stackId, status }) => {
        if (status !== 'failed') return;
        const key = `${campaignId}\0${ring}`;
        const ofRing = failedAt.get(key) ?? new Map<string, number>();
        failedAt.set(key, ofRing);
        if (!ofRing.has(stackId)) ofRing.set(stackId, Date.now());
      },
      write: ({ campaignId, direction, stacks, idle, call }) => {
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
          const ring = configuration.rings.find(({ name }) => name === one.ring);
          const total = recordsIn(campaignId).filter((other) => other.ring === one.ring).length;
          const budget =
            typeof ring?.failureBudget === 'number'
              ? ring.failureBudget
              : Math.floor(((ring?.failureBudget.percent ?? 0) / 100) * total);
          const claimed = Date.parse(one.claimedAt ?? '');
          const before = [...(failedAt.get(`${campaignId}\0${one.ring}`)?.values() ?? [])].filter(
            (at) => at < claimed - race,
          );
          if (before.length > budget)
            violated(`${what} was claimed after ${before.length} failures in ring ${one.ring}, budget ${budget}`);
        }
      },
    };
  },
};
