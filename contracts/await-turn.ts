import * as z from 'zod/mini';
import { contract } from './contract.ts';
import { campaignId } from './shapes.ts';

/**
 * Waits in the queue until no other campaign of the family runs and the limits allow one more. The task token is held;
 * the end of a campaign completes it, and so does a newer image that takes this one's place.
 */
export const awaitTurn = contract({
  name: 'Await Turn',
  completes: 'callback',
  input: z.object({ campaignId }),
  output: z.object({ decision: z.enum(['go', 'close']), reason: z.string() }),
  errors: { Throttled: 'retry', ServiceUnavailable: 'retry', RecordChanged: 'retry' },
});
