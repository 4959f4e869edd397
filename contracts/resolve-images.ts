import * as z from 'zod/mini';
import { contract } from './contract.ts';
import { campaignId, imageId, verdict } from './shapes.ts';

/**
 * Finds the copy of the build in every region in scope, waits for copies that are being made, and records the image set.
 * A region or target that cannot use the build rejects the campaign, or is left out of it.
 */
export const resolveImages = contract({
  name: 'Resolve Images',
  completes: 'callback',
  input: z.object({ campaignId, image: z.object({ id: imageId, region: z.string() }) }),
  output: z.object({ verdict, regions: z.number() }),
  errors: { Throttled: 'retry', ServiceUnavailable: 'retry', RecordChanged: 'retry', AccessDenied: 'final' },
});
