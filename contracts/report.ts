import * as z from 'zod/mini';
import { contract } from './contract.ts';
import { campaignId, failure } from './shapes.ts';
import { outcomes } from './outcomes.ts';

/** Writes the outcome, once, and the final report; tells the operators. */
export const report = contract({
  name: 'Report',
  completes: 'return',
  input: z.object({ campaignId, failure: z.nullable(failure) }),
  output: z.object({
    outcome: z.enum(outcomes),
    reason: z.string(),
  }),
  errors: { Throttled: 'retry', ServiceUnavailable: 'retry', RecordChanged: 'retry' },
});
