import * as z from 'zod/mini';
import { contract } from './contract.ts';
import { stackTask } from './shapes.ts';

/**
 * Takes a stack for the campaign: slot, lease, eligibility, and the previous value written once. While the stack must
 * wait (cap, busy, halted, window) the task token is held; whoever ends the wait runs the claim again.
 */
export const claimStack = contract({
  name: 'Claim Stack',
  completes: 'callback',
  input: stackTask,
  output: z.object({
    decision: z.enum(['go', 'skip']),
    reason: z.string(),
    /** How long Apply Image waits for the update: the stack's own monitoring time comes on top of what the configuration says. */
    updateTimeoutSeconds: z.int(),
  }),
  errors: { Throttled: 'retry', ServiceUnavailable: 'retry', RecordChanged: 'retry', AccessDenied: 'retry' },
});
