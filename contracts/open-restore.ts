import * as z from 'zod/mini';
import { contract } from './contract.ts';
import { campaignId } from './shapes.ts';

/** As long as an Apply or a promotion that has read the fence before it was raised may still write: their functions' timeout. */
export const applyTimeoutSeconds = 60;

/** Raises the campaign's fence and marks it restoring; a campaign that has ended is left alone. */
export const openRestore = contract({
  name: 'Open Restore',
  completes: 'return',
  input: z.object({ campaignId, reason: z.string(), executionArn: z.string() }),
  output: z.object({
    decision: z.enum(['restore', 'ended']),
    /** Until no Apply writes any more, or until the next try after failed ones may fare better. */
    settleSeconds: z.int(),
  }),
  errors: { Throttled: 'retry', ServiceUnavailable: 'retry', RecordChanged: 'retry' },
});
