import * as z from 'zod/mini';
import { contract } from './contract.ts';
import { gateInput, verdict } from './shapes.ts';

/** Asks the configuration's own checks in parallel and waits for their answers; a hang, a crash or a malformed answer is a failed verdict. */
export const customGates = contract({
  name: 'Custom Gates',
  completes: 'callback',
  input: gateInput,
  output: z.object({ verdict }),
  errors: { Throttled: 'retry', ServiceUnavailable: 'retry', RecordChanged: 'retry', AccessDenied: 'final' },
});
