import * as z from 'zod/mini';
import { contract } from './contract.ts';
import { campaignId } from './shapes.ts';

/** Reads the approval's record again: a forged task completion approves nothing. */
export const confirmApproval = contract({
  name: 'Confirm Approval',
  completes: 'return',
  input: z.object({ campaignId, ring: z.string(), planHash: z.string() }),
  output: z.object({ approved: z.boolean(), reason: z.string() }),
  errors: { Throttled: 'retry', ServiceUnavailable: 'retry' },
});
