import * as z from 'zod/mini';
import { contract } from './contract.ts';
import { campaignId } from './shapes.ts';

/** Asks the operators to approve what the ring has shown; waits for their decision by task token. */
export const approveRing = contract({
  name: 'Approve Ring',
  completes: 'callback',
  input: z.object({ campaignId, ring: z.string(), planHash: z.string() }),
  output: z.object({ decision: z.enum(['approved', 'rejected']) }),
  errors: { Throttled: 'retry', ServiceUnavailable: 'retry', RecordChanged: 'retry' },
});
