import * as z from 'zod/mini';
import { contract } from './contract.ts';
import { campaignId, failure } from './shapes.ts';

/** Starts the restore machine and waits for it by task token. */
export const restorePreviousImage = contract({
  name: 'Restore Previous Image',
  completes: 'callback',
  input: z.object({ campaignId, failure }),
  output: z.object({ outcome: z.enum(['RESTORED', 'RESTORE_INCOMPLETE']) }),
  errors: { Throttled: 'retry', ServiceUnavailable: 'retry', RecordChanged: 'retry' },
});
