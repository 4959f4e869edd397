import type { Rule } from '../simulated.ts';

/** Rule 7: whatever comes twice or late, a stack is moved once in each campaign; and no invocation is given up. */
export const twiceIsOnce: Rule = {
  number: 7,
  says: 'Everything may happen twice, late, out of order or not at all; the result is the same.',
  watch: ({ world }, violated) => ({
    end: () => {
      for (const { name, operations } of world.stacks) {
        const moves = new Map<string, number>();
        for (const { token = '', status } of operations) {
          const campaign = /^(ar-\w+)-\w+-f\d+$/.exec(token)?.[1];
          if (campaign === undefined || status !== 'SUCCEEDED') continue;
          moves.set(campaign, (moves.get(campaign) ?? 0) + 1);
        }
        for (const times of moves.values()) if (times > 1) violated(`${name} was moved ${times} times by one campaign`);
        if (operations.some(({ status, ours }) => ours && status === 'IN_PROGRESS'))
          violated(`an operation on ${name} was still in flight when everything had ended`);
      }
    },
  }),
};
