import * as z from 'zod/mini';
import { contract } from './contract.ts';
import { campaignId } from './shapes.ts';

/** One ring of the plan: where its items are and how many. */
const ringPlan = z.object({ key: z.string(), stacks: z.number() });

/** Assigns the stacks to rings, writes the immutable plan with its hash and one record for each stack. */
export const planRings = contract({
  name: 'Plan Rings',
  completes: 'return',
  input: z.object({ campaignId, inventory: z.string() }),
  output: z.object({
    decision: z.enum(['go', 'unchanged', 'planned']),
    planHash: z.string(),
    planned: z.number(),
    bucket: z.string(),
    /** By ring name. */
    rings: z.record(z.string(), ringPlan),
  }),
  errors: { Throttled: 'retry', ServiceUnavailable: 'retry', RecordChanged: 'retry', DrillRefused: 'final' },
});
