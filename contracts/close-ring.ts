import * as z from 'zod/mini';
import { contract } from './contract.ts';
import { campaignId } from './shapes.ts';

/** Computes the ring's verdict from its stack records; whatever the map said does not count. */
export const closeRing = contract({
  name: 'Close Ring',
  completes: 'return',
  input: z.object({ campaignId, ring: z.string() }),
  output: z.object({
    passed: z.boolean(),
    reason: z.string(),
    done: z.number(),
    failed: z.number(),
    skipped: z.number(),
    restored: z.number(),
    quarantined: z.number(),
  }),
  errors: { Throttled: 'retry', ServiceUnavailable: 'retry', RecordChanged: 'retry' },
});
