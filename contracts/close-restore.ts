import * as z from 'zod/mini';
import { contract } from './contract.ts';
import { campaignId } from './shapes.ts';

/** Reads every touched stack once more and says whether all are back. */
export const closeRestore = contract({
  name: 'Close Restore',
  completes: 'return',
  input: z.object({ campaignId }),
  output: z.object({
    outcome: z.enum(['RESTORED', 'RESTORE_INCOMPLETE']),
    restored: z.number(),
    quarantined: z.number(),
  }),
  errors: { Throttled: 'retry', ServiceUnavailable: 'retry', RecordChanged: 'retry' },
});
