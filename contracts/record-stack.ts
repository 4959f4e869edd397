import * as z from 'zod/mini';
import { contract } from './contract.ts';
import { failure, stackTask } from './shapes.ts';

/**
 * Writes the stack's status and reason, frees its slot, and decides whether a failed stack is restored at once, or a
 * restore tried again: `RestoreDue` says so.
 */
export const recordStack = contract({
  name: 'Record Stack',
  completes: 'return',
  input: z.extend(stackTask, { failure: z.nullable(failure) }),
  output: z.object({}),
  errors: { Throttled: 'retry', ServiceUnavailable: 'retry', RecordChanged: 'retry', RestoreDue: 'final' },
});
