import * as z from 'zod/mini';
import { contract } from './contract.ts';
import { campaignId } from './shapes.ts';

/** Lists the opted-in stacks of every target, each one that is left out with its reason, into the plan store. */
export const discoverStacks = contract({
  name: 'Discover Stacks',
  completes: 'return',
  input: z.object({ campaignId }),
  output: z.object({
    /** Key of the inventory in the plan store. */
    inventory: z.string(),
    discovered: z.number(),
    eligible: z.number(),
    targets: z.number(),
  }),
  errors: {
    Throttled: 'retry',
    ServiceUnavailable: 'retry',
    RecordChanged: 'retry',
    AccessDenied: 'final',
    TargetUnreachable: 'final',
    DrillRefused: 'final',
  },
});
