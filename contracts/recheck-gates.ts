import * as z from 'zod/mini';
import { contract } from './contract.ts';
import { campaignId, verdict } from './shapes.ts';

/** After a ring's bake: the image is still available and unchanged, no new finding stands above the line, no alarm went off. */
export const recheckGates = contract({
  name: 'Recheck Gates',
  completes: 'return',
  input: z.object({ campaignId, ring: z.string() }),
  output: z.object({ verdict }),
  errors: { Throttled: 'retry', ServiceUnavailable: 'retry', RecordChanged: 'retry', AccessDenied: 'retry' },
});
