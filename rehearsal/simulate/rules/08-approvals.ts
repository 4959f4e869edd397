import type { Ring } from '../../../domain/configuration/ring.ts';
import { ringTitle } from '../../../statemachines/titles.ts';
import { alarmNames } from '../../aws/state/alarm-names.ts';
import type { Rule } from '../simulated.ts';

/** What is known of a campaign's ring without asking the product for it. */
interface Seen {
  readonly said: { readonly person: string; readonly decision: string }[];
  /** Stacks of the ring that have failed, however they ended. */
  readonly failed: Set<string>;
  readonly done: Set<string>;
  lastDoneAt: number;
  bakedFrom: number;
  bakedUntil: number;
  /** Nobody can say anything of the ring any more. */
  isDecided: boolean;
}

/** Rule 8, by what the people of the run have really said, and by what the simulated AWS shows, not by the approval's record. */
export const approvals: Rule = {
  number: 8,
  says: 'An approval is used once, by someone who did not start the campaign, for exactly this campaign and ring.',
  watch: ({ world, configuration, campaigns, record, run }, violated) => {
    const seen = new Map<string, Seen>();
    const seenOf = (campaignId: string, ring: string): Seen => {
      const key = `${campaignId}\0${ring}`;
      let one = seen.get(key);
      const at = { lastDoneAt: 0, bakedFrom: 0, bakedUntil: 0, isDecided: false };
      if (one === undefined) seen.set(key, (one = { said: [], failed: new Set(), done: new Set(), ...at }));
      return one;
    };

    /** Why the ring could not approve itself. */
    const notByItself = (campaignId: string, { name, autoApproval }: Ring): string | null => {
      const { done, failed, lastDoneAt, bakedFrom, bakedUntil } = seenOf(campaignId, name);
      const baked = Math.round((bakedUntil - lastDoneAt) / 60_000);
      if (done.size === 0) return 'none of its stacks is done';
      if (failed.size > 0) return `${failed.size} of its stacks have failed`;
      if (baked < autoApproval.minBakeMinutes) return `it has baked for ${baked} minutes`;
      const alarms = [...done].flatMap((id) => {
        const stack = world.stackById.get(id);
        const known = stack && world.target(stack.account, stack.region).alarms;
        return stack === undefined ? [] : alarmNames(stack).flatMap((alarm) => known?.get(alarm) ?? []);
      });
      if (alarms.length === 0) return 'it has no alarms';
      const red = alarms.find(({ history }) =>
        history.some(({ at, to }) => to === 'ALARM' && at >= bakedFrom && at < bakedUntil),
      );
      return red === undefined ? null : `its alarm ${red.name} went off`;
    };

    return {
      progress: (progress) => {
        if (progress.kind === 'decision' && progress.ring !== '') {
          const { said, isDecided } = seenOf(progress.campaignId, progress.ring);
          if (!isDecided) said.push(progress);
        }
        if (progress.kind !== 'state') return;
        for (const { name } of configuration.rings) {
          const at = run.startedAt + progress.at;
          if (progress.state === `Bake ${ringTitle(name)} Ring`) seenOf(progress.campaignId, name).bakedFrom = at;
          if (progress.state === `Confirm Approval (${ringTitle(name)})`)
            seenOf(progress.campaignId, name).isDecided = true;
          if (progress.state === `Recheck Gates (${ringTitle(name)})`)
            seenOf(progress.campaignId, name).bakedUntil = at;
        }
      },
      record: ({ campaignId, ring, stackId, status }, before) => {
        const ofRing = seenOf(campaignId, ring);
        if (status === 'failed' || status === 'restored' || status === 'quarantined') ofRing.failed.add(stackId);
        if (status !== 'done' || before?.status === 'done') return;
        ofRing.done.add(stackId);
        ofRing.lastDoneAt = Date.now();
      },
      write: ({ campaignId, direction, stacks, idle, call }) => {
        if (idle || direction !== 'forward' || campaignId === undefined) return;
        const [stack] = stacks;
        const ring = stack && record(campaignId, stack.id)?.ring;
        for (const earlier of configuration.rings) {
          const { name, approval } = earlier;
          if (name === ring) return;
          if (approval === 'none') continue;
          const { said } = seenOf(campaignId, name);
          const people = new Set(said.flatMap(({ person, decision }) => (decision === 'approve' ? [person] : [])));
          const { starter } = campaigns.get(campaignId) ?? {};
          if (starter !== undefined) people.delete(starter);
          const needed = starter === 'unknown' ? 2 : 1;
          const what = `${call.operation} of ${stack?.name} in ring ${ring}`;
          if (said.some(({ decision }) => decision === 'reject')) violated(`${what}: ring ${name} was rejected`);
          if (people.size >= needed) continue;
          const why = approval === 'auto' ? notByItself(campaignId, earlier) : 'it does not approve itself';
          if (why !== null) violated(`${what}: ring ${name} has ${people.size} of ${needed} approvals, and ${why}`);
        }
      },
    };
  },
};
