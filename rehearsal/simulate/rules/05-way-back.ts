import type { Rule } from '../simulated.ts';

/** Rule 5: whether instances could be launched from the previous image is asked of the simulated EC2. */
export const wayBack: Rule = {
  number: 5,
  says: 'Without a way back there is no way forward.',
  watch: ({ world, recordsOf }, violated) => ({
    write: ({ direction, stacks, idle, call }) => {
      if (direction !== 'forward' || idle) return;
      for (const stack of stacks) {
        const previous = recordsOf(stack.id).find(({ status }) => status === 'updating')?.previous;
        if (!previous) continue;
        if (!world.images.launchable(stack.region, stack.account, previous.image))
          violated(`${call.operation} of ${stack.name} although ${previous.image} cannot be launched there`);
      }
    },
  }),
};
