import type { Rule } from '../simulated.ts';

/** An invocation may outlive its campaign by its function's timeout, and no longer. */
const timeout = 61_000;

/** Rule 6: a write of one campaign while another works on the stack, or after its own right to write has ended. */
export const oneOperation: Rule = {
  number: 6,
  says: 'At most one operation in flight per stack, over all campaigns. The fence is checked before each write.',
  watch: ({ campaigns, recordsOf, record }, violated) => {
    const fencedSince = new Map<string, number>();
    return {
      campaign: ({ campaignId, phase }, before) => {
        if (phase === 'running') fencedSince.delete(campaignId);
        else if (before === undefined || before.phase === 'running') fencedSince.set(campaignId, Date.now());
      },
      write: ({ at, campaignId, direction, stacks, idle, call }) => {
        if (campaignId === undefined) return;
        const [stack] = stacks;
        if (stack === undefined) return;
        const what = `${call.operation} (${direction}) of ${stack.name} by ${campaignId}`;
        const campaign = campaigns.get(campaignId);
        const since = fencedSince.get(campaignId);
        if (direction === 'forward' && since !== undefined && at - since > timeout)
          violated(`${what} ${Math.round((at - since) / 1000)} s after the campaign was ${campaign?.phase}`);
        if (direction === 'restore' && (campaign?.phase === 'closed' || campaign?.phase === 'promoted'))
          violated(`${what} although the campaign is ${campaign.phase}`);
        if (idle) return;
        const status = record(campaignId, stack.id)?.status;
        if (direction === 'forward' && status !== 'updating') violated(`${what} while its record is ${status}`);
        for (const other of recordsOf(stack.id))
          if (other.campaignId !== campaignId && ['updating', 'verifying', 'restoring'].includes(other.status))
            violated(`${what} while ${other.campaignId} has it ${other.status}`);
      },
    };
  },
};
