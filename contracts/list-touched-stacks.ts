import * as z from 'zod/mini';
import { contract } from './contract.ts';
import { campaignId } from './shapes.ts';

/** Writes the items of the restore's map: every stack that the campaign may have written to. */
export const listTouchedStacks = contract({
  name: 'List Touched Stacks',
  completes: 'return',
  input: z.object({ campaignId }),
  output: z.object({ bucket: z.string(), key: z.string(), stacks: z.number() }),
  errors: { Throttled: 'retry', ServiceUnavailable: 'retry' },
});
