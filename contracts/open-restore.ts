import * as z from 'zod/mini';
import { contract } from './contract.ts';
import { campaignId } from './shapes.ts';

/** Raises the campaign's fence and marks it restoring; a campaign that has ended is left alone. */
export const openRestore = contract({
  name: 'Open Restore',
  completes: 'return',
  input: z.object({ campaignId, reason: z.string(), executionArn: z.string() }),
  output: z.object({ decision: z.enum(['restore', 'ended']) }),
  errors: { Throttled: 'retry', ServiceUnavailable: 'retry', RecordChanged: 'retry' },
});
