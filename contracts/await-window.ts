import * as z from 'zod/mini';
import { contract } from './contract.ts';
import { campaignId } from './shapes.ts';

/**
 * Waits until a ring may start: every change calendar is open and the time is in one of the ring's windows. The task
 * token is held meanwhile.
 */
export const awaitWindow = contract({
  name: 'Await Window',
  completes: 'callback',
  input: z.object({ campaignId, ring: z.string() }),
  output: z.object({
    /** What the ring has waited for; empty: it did not have to. */
    waitedFor: z.string(),
  }),
  errors: {
    Throttled: 'retry',
    ServiceUnavailable: 'retry',
    RecordChanged: 'retry',
    AccessDenied: 'retry',
    DrillRefused: 'final',
  },
});
