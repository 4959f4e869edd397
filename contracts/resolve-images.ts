import * as z from 'zod/mini';
import { contract } from './contract.ts';
import { campaignId, imageId, verdict } from './shapes.ts';

/** Finds the copy of the build in every region in scope and records the image set; no usable copy is a rejection. */
export const resolveImages = contract({
  name: 'Resolve Images',
  completes: 'return',
  input: z.object({ campaignId, image: z.object({ id: imageId, region: z.string() }) }),
  output: z.object({ verdict, regions: z.number() }),
  errors: { Throttled: 'retry', ServiceUnavailable: 'retry', RecordChanged: 'retry', AccessDenied: 'final' },
});
