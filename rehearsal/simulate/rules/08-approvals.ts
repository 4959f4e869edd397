import type { Rule } from '../simulated.ts';

/** Rule 8, by what the people of the run have really said, not by the approval's record. */
export const approvals: Rule = {
  number: 8,
  says: 'An approval is used once, by someone who did not start the campaign, for exactly this campaign and ring.',
  watch: ({ configuration, campaigns, record, scenario, run }, violated) => {
    const said = new Map<string, { person: string; decision: string; at: number }[]>();
    return {
      progress: (progress) => {
        if (progress.kind !== 'decision' || progress.ring === '') return;
        const at = run.startedAt + progress.at;
        said.set(progress.ring, [...(said.get(progress.ring) ?? []), { ...progress, at }]);
      },
      write: ({ campaignId, direction, stacks, idle, call }) => {
        if (idle || direction !== 'forward' || campaignId === undefined) return;
        // Who has decided on which of several campaigns is not told.
        if (campaigns.size > 1 || scenario.also.length > 0) return;
        const [stack] = stacks;
        const ring = stack && record(campaignId, stack.id)?.ring;
        for (const { name, approval } of configuration.rings) {
          if (name === ring) return;
          if (approval !== 'required') continue;
          const decisions = said.get(name) ?? [];
          const people = new Set(
            decisions.filter(({ decision }) => decision === 'approve').map(({ person }) => person),
          );
          const { starter } = campaigns.get(campaignId) ?? {};
          if (starter !== undefined) people.delete(starter);
          const needed = starter === 'unknown' ? 2 : 1;
          if (people.size < needed || decisions.some(({ decision }) => decision === 'reject'))
            violated(
              `${call.operation} of ${stack?.name} in ring ${ring}: ring ${name} has ${people.size} of ${needed} approvals`,
            );
        }
      },
    };
  },
};
