import { checkChain } from '../../../domain/audit/check-chain.ts';
import type { Rule } from '../simulated.ts';

/** Rule 12: entries are looked for at the moment of the write; the chains are computed anew at the end. */
export const trail: Rule = {
  number: 12,
  says: 'Each write has its audit record first. The trail is append-only and hash-chained.',
  watch: ({ audit, record }, violated) => ({
    stored: ({ pk, sk }, item, before) => {
      if (pk.startsWith('AUDIT#') && before !== undefined)
        violated(`entry ${sk} of ${pk} was ${item === undefined ? 'deleted' : 'overwritten'}`);
    },
    write: ({ campaignId, token, stacks, direction, call }) => {
      const [stack] = stacks;
      if (campaignId === undefined || token === undefined || stack === undefined) return;
      const noted = audit.some(
        (entry) =>
          entry.campaignId === campaignId &&
          entry.stackId === stack.id &&
          entry.what.includes(direction) &&
          entry.evidence['requestToken'] === token,
      );
      if (!noted) violated(`${call.operation} of ${stack.name} (${direction}) has no entry in the trail`);
      if (record(campaignId, stack.id)?.touched !== true)
        violated(`${stack.name} is written and not marked as touched`);
    },
    end: () => {
      for (const [chain, entries] of Map.groupBy(
        audit,
        ({ campaignId, stackId }) => `${campaignId} ${stackId ?? ''}`,
      )) {
        const last = entries.toSorted((one, other) => one.sequence - other.sequence).at(-1);
        const finding = checkChain(entries, { sequence: last?.sequence ?? 0, head: last?.hash ?? '' });
        if (finding !== null) violated(`the trail of ${chain.trim()} is broken: ${finding.says}`);
      }
    },
  }),
};
