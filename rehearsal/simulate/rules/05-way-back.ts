import type { Rule } from '../simulated.ts';

/** Rule 5: whether instances could be launched from the previous image is asked of the simulated EC2. */
export const wayBack: Rule = {
  number: 5,
  says: 'Without a way back there is no way forward.',
  watch: ({ world, recordsOf, campaigns, scenario }, violated) => ({
    write: ({ direction, stacks, idle, call }) => {
      if (direction !== 'forward' || idle) return;
      for (const stack of stacks) {
        const record = recordsOf(stack.id).find(({ status }) => status === 'updating');
        const previous = record?.previous;
        if (!previous) continue;
        // The fault strikes a new image between the claim and the update, and a drill may leave one for another.
        const isDrill = Boolean(campaigns.get(record.campaignId)?.drill);
        if (isDrill && scenario.faults.some(({ kind }) => kind === 'imageDeregistered')) continue;
        if (!world.images.launchable(stack.region, stack.account, previous.image))
          violated(`${call.operation} of ${stack.name} although ${previous.image} cannot be launched there`);
      }
    },
  }),
};
