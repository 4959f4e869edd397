import * as z from 'zod/mini';
import { contract } from './contract.ts';
import { gateInput, verdict } from './shapes.ts';

/** Checks the image's tags, state and owner against the family's rules; a near miss is rejected with its correction. */
export const tagCheck = contract({
  name: 'Tag Check',
  completes: 'return',
  input: gateInput,
  output: z.object({ verdict }),
  errors: { Throttled: 'retry', ServiceUnavailable: 'retry', RecordChanged: 'retry', AccessDenied: 'final' },
});
