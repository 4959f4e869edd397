import { canonicalJson } from '../../../domain/hash.ts';
import { snapshot } from '../../aws/state/snapshot.ts';
import type { Rule } from '../simulated.ts';

/** Rule 2: what is recorded is compared with what the simulated stack has at the moment of its first write. */
export const previousOnce: Rule = {
  number: 2,
  says: 'The previous value is written once, before the first write, and never overwritten.',
  watch: ({ world, record, recordsOf }, violated) => {
    const written = new Set<string>();
    return {
      record: (now, before) => {
        if (before?.previous && canonicalJson(now.previous) !== canonicalJson(before.previous))
          violated(`the previous value of ${now.stackName} was overwritten`);
      },
      write: ({ campaignId, direction, stacks, idle, call }) => {
        if (direction !== 'forward' || idle) return;
        for (const stack of stacks) {
          const inWork = recordsOf(stack.id).filter(({ status }) => status === 'updating' || status === 'verifying');
          const one = campaignId === undefined ? inWork[0] : record(campaignId, stack.id);
          // Of the readers of an SSM parameter the others come later.
          if (one === undefined && stacks.length > 1) continue;
          if (!one?.previous) {
            violated(`${call.operation} of ${stack.name} before its previous value was recorded`);
            continue;
          }
          const now = snapshot(world, stack);
          const first = `${one.campaignId} ${stack.id}`;
          if (written.has(first)) continue;
          written.add(first);
          if (now.parameter !== one.previous.parameterValue)
            violated(`${stack.name} had ${now.parameter}, recorded is ${one.previous.parameterValue}`);
          if (now.resolved !== null && stacks.length === 1 && now.resolved !== one.previous.image)
            violated(`${stack.name} had resolved ${now.resolved}, recorded is ${one.previous.image}`);
        }
      },
    };
  },
};
