import * as z from 'zod/mini';
import { contract } from './contract.ts';
import { campaignId, imageId, verdict } from './shapes.ts';

/** Checks the build's age in its source region and that it is not older than the promoted image. */
export const ageLimit = contract({
  name: 'Age Limit',
  completes: 'return',
  input: z.object({
    campaignId,
    image: z.object({ id: imageId, region: z.string() }),
    category: z.enum(['base', 'application', 'hotfix']),
  }),
  output: z.object({ verdict }),
  errors: { Throttled: 'retry', ServiceUnavailable: 'retry', RecordChanged: 'retry', AccessDenied: 'final' },
});
