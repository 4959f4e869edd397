import * as z from 'zod/mini';
import { contract } from './contract.ts';
import { campaignId } from './shapes.ts';

/** Makes the image the family's current one: SSM parameters, tags and history in every target of the campaign. */
export const promoteImage = contract({
  name: 'Promote Image',
  completes: 'return',
  input: z.object({ campaignId }),
  output: z.object({
    /** False: no stack needed the image, so nothing was promoted. */
    promoted: z.boolean(),
    parameters: z.number(),
  }),
  errors: {
    Throttled: 'retry',
    ServiceUnavailable: 'retry',
    RecordChanged: 'retry',
    AccessDenied: 'retry',
    /** SSM still validates the written image: the next try looks again. */
    ParameterNotValidated: 'retry',
    PromotionFailed: 'final',
  },
});
