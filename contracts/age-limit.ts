import * as z from 'zod/mini';
import { contract } from './contract.ts';
import { gateInput, verdict } from './shapes.ts';

/** Checks the build's age in its source region and that it is not older than the promoted image. */
export const ageLimit = contract({
  name: 'Age Limit',
  completes: 'return',
  input: gateInput,
  output: z.object({ verdict }),
  errors: { Throttled: 'retry', ServiceUnavailable: 'retry', RecordChanged: 'retry', AccessDenied: 'final' },
});
