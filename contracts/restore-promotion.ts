import * as z from 'zod/mini';
import { contract } from './contract.ts';
import { campaignId } from './shapes.ts';

/** Puts the promotion parameters back that the campaign has written, by compare-and-set. */
export const restorePromotion = contract({
  name: 'Restore Promotion',
  completes: 'return',
  input: z.object({ campaignId }),
  output: z.object({ parameters: z.number() }),
  errors: {
    Throttled: 'retry',
    ServiceUnavailable: 'retry',
    RecordChanged: 'retry',
    AccessDenied: 'retry',
    /** SSM still validates the written image: the next try looks again. */
    ParameterNotValidated: 'retry',
  },
});
